import { Title } from '@mantine/core'
import type { FlightSetup } from '../shared/model'
import classes from './Call.module.css'
import { millis, steps } from './durations'

/** From the call's webhook to the first word, each step below the one before. */
export function SetupWaterfall({ setup }: { setup: FlightSetup }) {
  const parts = steps([
    ['Call taken', setup.webhookMillis],
    ['Stream connected', setup.connectMillis],
    ['Stream started', setup.startMillis],
    ['Agent ready', setup.agentMillis],
    ['First word', setup.firstAudioMillis],
  ])
  const whole = Math.max(1, ...parts.map((step) => step.from + Math.max(0, step.millis)))
  return (
    <section className={classes.sheet} aria-label="To the first word">
      <Title order={2} size="h6" mb={8}>
        To the first word
      </Title>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">ms</th>
            <th scope="col" className={classes.bar} aria-hidden />
          </tr>
        </thead>
        <tbody>
          {parts.map((step, index) => (
            <tr key={step.name}>
              <th scope="row">{step.name}</th>
              <td>{millis(step.millis)}</td>
              <td className={classes.bar} aria-hidden>
                <div className={classes.track}>
                  {step.millis >= 0 && (
                    <div
                      className={classes.step}
                      data-step={index + 1}
                      style={{ left: `${(100 * step.from) / whole}%`, width: `${(100 * step.millis) / whole}%` }}
                    />
                  )}
                </div>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" className={classes.strong}>
              Together
            </th>
            <td className={classes.strong}>{millis(setup.totalMillis)}</td>
            <td aria-hidden />
          </tr>
        </tbody>
      </table>
    </section>
  )
}
