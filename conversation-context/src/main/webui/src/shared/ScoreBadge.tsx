import { VisuallyHidden } from '@mantine/core'
import classes from './Badges.module.css'

/** The score as a small number; high, middle and low differ in more than colour. */
export function ScoreBadge({ score }: { score: number }) {
  const level = score >= 60 ? 'high' : score >= 30 ? 'middle' : 'low'
  return (
    <span className={classes.score} data-level={level} title={`Lead score ${score} of 100`}>
      <VisuallyHidden component="span">Lead score </VisuallyHidden>
      {score}
    </span>
  )
}
