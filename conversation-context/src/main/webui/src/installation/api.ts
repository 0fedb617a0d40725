import { get } from '../shared/http'

/** A webhook that was refused, and why. */
export interface Rejection {
  at: string
  provider: 'twilio' | 'elevenlabs'
  /** The address as the installation knows it. */
  seen: string
  /** The address the signature is right for. */
  signed?: string
  differs: string[]
  headers: Record<string, string>
  found: string
  cure: string
}

export interface Refusing extends Rejection {
  service: string
}

const SERVICES = ['telephony-gateway', 'media-bridge', 'sms-service', 'tools-service', 'conversation-context']

/** What each service refused last, the latest first; a service that is away has its name in `away`. */
export async function rejections(): Promise<{ latest: Refusing[]; away: string[] }> {
  const answers = await Promise.all(
    SERVICES.map((service) =>
      get<Rejection[]>(`/api/check/${service}/rejections`).then(
        (refused) => ({ service, refused: refused.map((one) => ({ ...one, service })) }),
        () => ({ service, refused: undefined }),
      ),
    ),
  )
  return {
    latest: answers
      .flatMap(({ refused }) => refused ?? [])
      .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    away: answers.filter(({ refused }) => !refused).map(({ service }) => service),
  }
}
