import { useId } from 'react'
import type { Entry, FlightSetup, FlightTurn, Quality } from '../shared/api'
import { IconGauge } from '../shared/icons'
import { clock } from '../shared/time'

const SETUP: [keyof FlightSetup, string][] = [
  ['webhookMillis', 'Call taken'],
  ['connectMillis', 'Stream connected'],
  ['startMillis', 'Stream started'],
  ['agentMillis', 'Agent ready'],
  ['firstAudioMillis', 'First word'],
]

const TURN: [keyof FlightTurn, string][] = [
  ['transcriptMillis', 'Understood'],
  ['agentTextMillis', 'Answer found'],
  ['audioInMillis', 'Spoken'],
  ['audioOutMillis', 'Passed on'],
]

/** Percent of its cell; the rest is for a word beside it. */
const WIDEST = 72

/** How fast a call was, step by step; folded away until somebody wants to know. */
export function FlightRecord({ entry, zone }: { entry: Entry; zone: string }) {
  const quality = entry.detail?.quality
  return (
    <details className="flight">
      <summary>
        <span>
          <IconGauge size={15} aria-hidden />
          {entry.text}
        </span>
        <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
      </summary>
      {quality && (
        <div className="flight-body">
          <SetupTable setup={quality.flight.setup} />
          {quality.flight.turns.length > 0 && <TurnTable turns={quality.flight.turns} />}
          <p className="flight-notes">{notes(quality).join(' · ')}</p>
        </div>
      )}
    </details>
  )
}

function SetupTable({ setup }: { setup: FlightSetup }) {
  return (
    <table>
      <caption>To the first word, in milliseconds</caption>
      <tbody>
        {SETUP.map(([step, name]) => (
          <tr key={step}>
            <th scope="row">{name}</th>
            <td>{millis(setup[step])}</td>
            <td className="flight-bar" aria-hidden>
              <Bar value={setup[step]} of={setup.totalMillis} />
            </td>
          </tr>
        ))}
        <tr className="flight-total">
          <th scope="row">Together</th>
          <td>{millis(setup.totalMillis)}</td>
          <td aria-hidden />
        </tr>
      </tbody>
    </table>
  )
}

function TurnTable({ turns }: { turns: FlightTurn[] }) {
  const caption = useId()
  const longest = Math.max(...turns.map((turn) => turn.responseMillis))
  return (
    <div>
      <div className="flight-caption" id={caption}>
        From the customer’s last word to the agent’s first, in milliseconds
      </div>
      <div className="flight-scroll" tabIndex={0} role="region" aria-labelledby={caption}>
        <table aria-labelledby={caption}>
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">Together</th>
              {TURN.map(([step, name]) => (
                <th scope="col" key={step}>
                  {name}
                </th>
              ))}
              <th scope="col" className="flight-bar" aria-hidden />
            </tr>
          </thead>
          <tbody>
            {turns.map((turn, index) => (
              <tr key={index}>
                <th scope="row">{offset(turn.atMillis)}</th>
                <td className="flight-total">{millis(turn.responseMillis)}</td>
                {TURN.map(([step]) => (
                  <td key={step}>{millis(turn[step] as number)}</td>
                ))}
                <td className="flight-bar">
                  <Bar value={turn.responseMillis} of={longest} />
                  {turn.interrupted && <span className="flight-cut">cut short</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Bar({ value, of }: { value: number; of: number }) {
  return <span className="flight-fill" style={{ width: `${of > 0 && value > 0 ? Math.max(2, (WIDEST * value) / of) : 0}%` }} />
}

function notes({ interruptions, framesDropped, endedBy, flight }: Quality): string[] {
  return [
    `ended by the ${endedBy}`,
    interruptions > 0 && `cut short ${interruptions} ×`,
    flight.reopened > 0 && `agent lost and found ${flight.reopened} ×`,
    flight.gaps > 0 && `${flight.gaps} ${flight.gaps === 1 ? 'gap' : 'gaps'} in the caller’s sound, the longest ${flight.longestGapMillis} ms`,
    flight.lateFrames > 0 && `${flight.lateFrames} frames late`,
    framesDropped > 0 && `${framesDropped} frames dropped`,
  ].filter((note) => note !== false)
}

/** -1 was not measured. */
function millis(value: number): string {
  return value < 0 ? '–' : String(value)
}

function offset(value: number): string {
  const seconds = Math.max(0, Math.floor(value / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
