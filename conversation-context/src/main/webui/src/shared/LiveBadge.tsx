/** Somebody is on the phone at this moment. */
export function LiveBadge() {
  return (
    <span className="live">
      <span className="live-dot" aria-hidden />
      <span className="live-words">On the phone</span>
    </span>
  )
}
