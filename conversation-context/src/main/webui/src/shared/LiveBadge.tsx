import classes from './Badges.module.css'

/** Somebody is on the phone at this moment. */
export function LiveBadge() {
  return (
    <span className={classes.live}>
      <span className={classes.dot} aria-hidden />
      On the phone
    </span>
  )
}
