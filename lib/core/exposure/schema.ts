import { z } from 'zod'
import { formatIp } from '../model'
import { rangeText } from './exposure'
import type { Exposure } from './types'

const answer = z.enum(['yes', 'no', 'presumed-no', 'unknown'])

/** An exposure as it is printed with `--format json` and answered by the API. */
export const exposureSchema = z.object({
  listeners: z.array(
    z.object({
      server: z.string(),
      port: z.number().int(),
      family: z.enum(['ipv4', 'ipv6']),
      localAddress: z.string(),
      classes: z.array(
        z.object({
          ranges: z.array(z.string()),
          /** A count that may be larger than a number can hold. */
          addresses: z.string(),
          connector: z.string().nullable(),
          ambiguous: z.array(z.string()).optional(),
          submit: answer,
          relay: answer,
          ownDomainSender: answer,
          internal: answer,
        }),
      ),
    }),
  ),
  theorem: z.object({
    publicRelay: z.enum(['none', 'exists', 'unknown']),
    witness: z.string().nullable(),
    /** The listener that takes the witness. */
    listener: z.object({ server: z.string(), port: z.number().int(), localAddress: z.string() }).optional(),
    missing: z.array(
      z.object({
        cmdlet: z.string(),
        side: z.enum(['on-premises', 'edge', 'exchange-online', 'unknown']),
        servers: z.array(z.string()),
      }),
    ),
  }),
})

export type ExposureJson = z.infer<typeof exposureSchema>

/** The exposure as the contract prints it. */
export function exposureJson({ listeners, theorem }: Exposure): ExposureJson {
  const { witness } = theorem
  return {
    listeners: listeners.map((l) => ({
      ...{ server: l.server, port: l.port, family: l.family === 4 ? 'ipv4' : 'ipv6' },
      localAddress: l.localAddress === null ? '*' : formatIp(l.family, l.localAddress),
      classes: l.classes.map((c) => ({
        ranges: c.ranges.map(rangeText),
        addresses: String(c.addresses),
        connector: c.connector?.id ?? null,
        ...(c.ambiguous.length > 0 ? { ambiguous: c.ambiguous.map((x) => x.id) } : {}),
        ...{ submit: c.submit, relay: c.relay, ownDomainSender: c.ownDomainSender, internal: c.internal },
      })),
    })),
    theorem: {
      publicRelay: theorem.publicRelay,
      witness: witness?.address ?? null,
      ...(witness === null
        ? {}
        : { listener: { server: witness.server, port: witness.port, localAddress: witness.localAddress ?? '*' } }),
      missing: theorem.missing.map((m) => ({ cmdlet: m.cmdlet, side: m.side, servers: [...m.servers] })),
    },
  }
}
