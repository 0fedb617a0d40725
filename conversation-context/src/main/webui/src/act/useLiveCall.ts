import { useRefreshOnChange } from '../board/BoardStream'
import { useLoaded } from '../shared/load'
import { acts, type LiveCall } from './api'

/** The call a lead is on, as telephony knows it; undefined while it is not known, or over. */
export function useLiveCall(leadId: string, onThePhone: boolean): LiveCall | undefined {
  const calls = useLoaded(onThePhone ? `live-calls ${leadId}` : null, acts.liveCalls)
  useRefreshOnChange(() => onThePhone && calls.reload(), 500)
  return calls.data?.calls.findLast((call) => call.leadId === leadId)
}
