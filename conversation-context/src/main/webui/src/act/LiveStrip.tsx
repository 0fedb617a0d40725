import { Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNoActing } from '../session/operator'
import { useAction } from '../shared/action'
import { ActButton } from '../shared/ActButton'
import { Elapsed } from '../shared/Elapsed'
import { IconJoin, IconPhone, IconReturned } from '../shared/icons'
import { ProblemNotice } from '../shared/ProblemNotice'
import { acts } from './api'
import classes from './Bars.module.css'
import { ListenIn } from './listen/ListenIn'
import { usePhone } from './phone/PhoneContext'
import { Transfer } from './Transfer'
import { useLiveCall } from './useLiveCall'

const NATIVE = 'ElevenLabs carries this call itself, so it can neither be heard nor moved from here.'

/** The call that is going on, and what can be done about it now. */
export function LiveStrip({ leadId }: { leadId: string }) {
  const call = useLiveCall(leadId, true)
  const viewer = useNoActing()
  const phone = usePhone()
  const [transferring, transfer] = useDisclosure(false)
  const join = useAction(async (callSid: string) => {
    void phone.enter(await acts.join(callSid))
    return true
  })
  const reason =
    viewer ??
    (call?.path === 'native' || call?.path === 'register' ? NATIVE : undefined) ??
    (call ? undefined : 'The call is not known yet; in a moment it is.')

  return (
    <section className={classes.live} aria-label="Live call">
      <IconPhone size={17} aria-hidden />
      <span>
        On the phone {call && <Elapsed since={call.since} />}
      </span>
      <Group gap={8} ml="auto">
        <ListenIn key={call?.callSid} callSid={call?.callSid} reason={reason} />
        <ActButton
          size="compact-sm"
          variant="default"
          reason={reason}
          loading={join.busy}
          onClick={() => call && void join.run(call.callSid)}
          leftSection={<IconJoin size={15} aria-hidden />}
        >
          Join
        </ActButton>
        <ActButton
          size="compact-sm"
          variant="default"
          reason={reason}
          onClick={transfer.open}
          leftSection={<IconReturned size={15} aria-hidden />}
        >
          Hand over
        </ActButton>
      </Group>
      {join.error && <ProblemNotice error={join.error} onClose={join.clear} />}
      {call && <Transfer callSid={call.callSid} opened={transferring} onClose={transfer.close} />}
    </section>
  )
}
