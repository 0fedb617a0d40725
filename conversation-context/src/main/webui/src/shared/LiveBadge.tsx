/** Somebody is on the phone at this moment. */
export function LiveBadge() {
  return (
    <span className="live">
      <span className="live-dot" aria-hidden />
      On the phone
    </span>
  )
}
