import { ActionIcon, Button, Tooltip, type ActionIconProps, type ButtonProps } from '@mantine/core'
import type { MouseEventHandler, ReactNode } from 'react'

interface Acting {
  /** Why it cannot be done now; the button stays reachable, so that everybody can learn it. */
  reason?: string
  onClick?: MouseEventHandler<HTMLButtonElement>
}

/** What a refused button shows and does: nothing happens, the reason is told to eyes and ears. */
function refusal(reason: string | undefined, onClick: Acting['onClick']) {
  return reason
    ? { 'data-disabled': true, 'aria-disabled': true, 'aria-description': reason, onClick: prevent }
    : { onClick }
}

const prevent: MouseEventHandler = (event) => event.preventDefault()

type ActButtonProps = ButtonProps & Acting & { children: ReactNode; type?: 'button' | 'submit'; 'data-testid'?: string }

/** A button that says why it is disabled. */
export function ActButton({ reason, onClick, ...button }: ActButtonProps) {
  return (
    <Tooltip label={reason} disabled={!reason} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Button {...button} {...refusal(reason, onClick)} />
    </Tooltip>
  )
}

type ActIconProps = ActionIconProps & Acting & { label: string; children: ReactNode; 'aria-pressed'?: boolean }

/** The same as an icon; `label` is its name, and its tooltip while it may be used. */
export function ActIcon({ reason, onClick, label, ...button }: ActIconProps) {
  return (
    <Tooltip label={reason ?? label} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon aria-label={label} {...button} {...refusal(reason, onClick)} />
    </Tooltip>
  )
}
