import { Text, Title } from '@mantine/core'
import type { FlightTurn } from '../shared/model'
import classes from './Call.module.css'
import { millis, offset, steps } from './durations'

const STEPS: [keyof FlightTurn, string][] = [
  ['transcriptMillis', 'Understood'],
  ['agentTextMillis', 'Answer found'],
  ['audioInMillis', 'Spoken'],
  ['audioOutMillis', 'Passed on'],
]

/** From the customer's last word to the agent's first, a bar of steps for each turn, all on one scale. */
export function TurnWaterfall({ turns }: { turns: FlightTurn[] }) {
  const longest = Math.max(1, ...turns.map((turn) => turn.responseMillis))
  return (
    <section className={classes.sheet} aria-label="Answers">
      <Title order={2} size="h6" mb={4}>
        From the customer’s last word to the agent’s first
      </Title>
      {turns.length === 0 ? (
        <Text c="dimmed" size="sm">
          The agent answered nothing the customer said.
        </Text>
      ) : (
        <>
          <ul className={classes.legend}>
            {STEPS.map(([, name], index) => (
              <li key={name}>
                <i data-step={index + 1} aria-hidden />
                {name}
              </li>
            ))}
          </ul>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label="Answers, in milliseconds">
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">At</th>
                  {STEPS.map(([, name]) => (
                    <th scope="col" key={name}>
                      {name}
                    </th>
                  ))}
                  <th scope="col">Together, ms</th>
                  <th scope="col" className={classes.bar} aria-hidden />
                </tr>
              </thead>
              <tbody>
                {turns.map((turn, index) => (
                  <Turn key={index} turn={turn} longest={longest} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  )
}

function Turn({ turn, longest }: { turn: FlightTurn; longest: number }) {
  const parts = steps(STEPS.map(([member, name]) => [name, turn[member] as number]))
  return (
    <tr>
      <th scope="row">{offset(turn.atMillis)}</th>
      {parts.map((step) => (
        <td key={step.name}>{millis(step.millis)}</td>
      ))}
      <td className={classes.strong}>
        {millis(turn.responseMillis)}
        {turn.interrupted && ' · cut short'}
      </td>
      <td className={classes.bar} aria-hidden>
        <div className={classes.track}>
          {parts.map(
            (step, index) =>
              step.millis > 0 && (
                <div
                  key={step.name}
                  className={classes.step}
                  data-step={index + 1}
                  title={`${step.name}: ${step.millis} ms`}
                  style={{ left: `${(100 * step.from) / longest}%`, width: `${(100 * step.millis) / longest}%` }}
                />
              ),
          )}
        </div>
      </td>
    </tr>
  )
}
