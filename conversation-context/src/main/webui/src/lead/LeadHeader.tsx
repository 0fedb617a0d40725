import { ActionIcon, Avatar, Button, Menu, Skeleton, Title } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useLocation } from 'wouter'
import { CallNow } from '../act/CallNow'
import { StartRoom } from '../act/StartRoom'
import { useNoActing } from '../session/operator'
import { ActButton, ActIcon } from '../shared/ActButton'
import { IconBack, IconMore, IconPhone, IconRoom, IconUser } from '../shared/icons'
import type { LeadDetails } from '../shared/model'
import { initials, phone, title } from '../shared/people'
import { useNarrow } from '../shared/narrow'
import { ScoreBadge } from '../shared/ScoreBadge'
import classes from './LeadPane.module.css'

interface LeadHeaderProps {
  details?: LeadDetails
  about: boolean
  onAbout: () => void
}

/** Who it is, and the calls that can be made. */
export function LeadHeader({ details, about, onAbout }: LeadHeaderProps) {
  const [, navigate] = useLocation()
  return (
    <div className={classes.head}>
      <ActionIcon
        className={classes.back}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="All conversations"
        onClick={() => navigate('/')}
      >
        <IconBack size={22} />
      </ActionIcon>
      {details ? <Known details={details} about={about} onAbout={onAbout} /> : <Skeleton height={22} width={180} />}
    </div>
  )
}

function Known({ details, about, onAbout }: LeadHeaderProps & { details: LeadDetails }) {
  const { lead } = details
  const name = title(lead)
  const narrow = useNarrow()
  return (
    <>
      <Avatar radius="xl" size={36} color={lead.name ? 'cyan' : 'gray'} aria-hidden>
        {initials(lead.name) ?? <IconUser size={18} />}
      </Avatar>
      <div className={classes.title}>
        <Title order={1} size="h4" lineClamp={1}>
          {name}
        </Title>
        {lead.name && lead.phone && <span className={classes.sub}>{phone(lead.phone)}</span>}
      </div>
      <Calls details={details} name={name} />
      <Button
        className={classes.toggle}
        variant="default"
        size="xs"
        onClick={onAbout}
        aria-expanded={about}
        aria-controls="about"
        rightSection={!narrow && lead.score !== undefined ? <ScoreBadge score={lead.score} /> : undefined}
      >
        About
      </Button>
    </>
  )
}

function Calls({ details, name }: { details: LeadDetails; name: string }) {
  const { leadId, phone: number, onThePhone } = details.lead
  const viewer = useNoActing()
  const narrow = useNarrow()
  const [calling, call] = useDisclosure(false)
  const [starting, start] = useDisclosure(false)
  const reason =
    viewer ??
    (number ? undefined : 'No phone number is known of this customer.') ??
    (onThePhone ? 'The customer is on the phone already.' : undefined)
  useHotkeys([['alt+c', () => !reason && call.open()]])
  return (
    <>
      {narrow ? (
        <ActIcon size={30} variant="filled" reason={reason} onClick={call.open} label="Call">
          <IconPhone size={16} />
        </ActIcon>
      ) : (
        <ActButton size="xs" reason={reason} onClick={call.open} leftSection={<IconPhone size={15} aria-hidden />}>
          Call
        </ActButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More calls">
            <IconMore size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRoom size={16} aria-hidden />}
            disabled={reason !== undefined}
            onClick={start.open}
          >
            Talk with the customer yourself
          </Menu.Item>
          {reason && <Menu.Label maw={240}>{reason}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      <CallNow leadId={leadId} name={name} opened={calling} onClose={call.close} />
      <StartRoom leadId={leadId} name={name} opened={starting} onClose={start.close} />
    </>
  )
}
