import { VisuallyHidden } from '@mantine/core'
import classes from './Badges.module.css'

/** Somebody is on the phone at this moment; in a narrow place the words are for those who do not see it. */
export function LiveBadge() {
  return (
    <span className={classes.live}>
      <span className={classes.dot} aria-hidden />
      <VisuallyHidden component="span">On the phone, </VisuallyHidden>
      live
    </span>
  )
}
