import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { useNoActing } from '../../session/operator'
import { useAction } from '../../shared/action'
import { ActButton, ActIcon } from '../../shared/ActButton'
import { IconLink, IconUnlink } from '../../shared/icons'
import { useLoaded } from '../../shared/load'
import { phone, title } from '../../shared/people'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { leads } from '../api'
import classes from '../LeadPane.module.css'

const LinkDialog = lazy(() => import('./LinkDialog'))

interface LinksProps {
  leadId: string
  linked: string[]
  onChanged: () => void
}

/** The other leads that are the same person, and saying that one is, or is not. */
export function Links({ leadId, linked, onChanged }: LinksProps) {
  const reason = useNoActing()
  const [asked, { open, close }] = useDisclosure(false)
  const others = useLoaded(linked.length > 0 ? `linked ${linked.join(' ')}` : null, () => Promise.all(linked.map(leads.one)))
  const unlink = useAction(async (other: string) => {
    await leads.unlink(leadId, other)
    onChanged()
  })
  return (
    <>
      {linked.length === 0 ? (
        <Text size="sm" c="dimmed">
          Known by one address only.
        </Text>
      ) : (
        <ul className={classes.appointments}>
          {others.data?.map(({ lead }) => (
            <li key={lead.leadId} className={classes.linked}>
              <Link href={`/leads/${lead.leadId}`}>
                {title(lead)}
                {lead.name && lead.phone && ` · ${phone(lead.phone)}`}
              </Link>
              <ActIcon
                variant="subtle"
                color="gray"
                size="sm"
                reason={reason}
                label={`${title(lead)} is somebody else`}
                onClick={() => void unlink.run(lead.leadId)}
              >
                <IconUnlink size={15} />
              </ActIcon>
            </li>
          ))}
        </ul>
      )}
      <ProblemNotice error={unlink.error ?? others.error} onClose={unlink.clear} />
      <ActButton variant="subtle" size="compact-sm" mt={6} reason={reason} leftSection={<IconLink size={15} aria-hidden />} onClick={open}>
        Is the same person as…
      </ActButton>
      {asked && (
        <Suspense>
          <LinkDialog leadId={leadId} linked={linked} onLinked={onChanged} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
