import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { LeadPane } from '../lead/LeadPane'
import { useZone } from '../session/operator'
import classes from './ConversationsPage.module.css'
import { LeadList } from './LeadList'
import { Now } from './Now'

/**
 * The list of conversations, and beside it either one of them or what needs somebody now. On narrow screens one at a time: the two halves
 * of the board are then a switch.
 */
export function ConversationsPage({ leadId }: { leadId?: string }) {
  const zone = useZone()
  const [half, setHalf] = useState('now')
  return (
    <div className={classes.page} data-shows={leadId ? 'lead' : half}>
      {!leadId && (
        <nav className={classes.halves} aria-label="Halves of the board">
          <SegmentedControl
            aria-label="What is shown"
            value={half}
            onChange={setHalf}
            fullWidth
            data={[
              { value: 'now', label: 'Now' },
              { value: 'list', label: 'Conversations' },
            ]}
          />
        </nav>
      )}
      <div className={classes.list}>
        <LeadList zone={zone} selected={leadId} />
      </div>
      <div className={classes.pane}>{leadId ? <LeadPane key={leadId} leadId={leadId} zone={zone} /> : <Now />}</div>
    </div>
  )
}
