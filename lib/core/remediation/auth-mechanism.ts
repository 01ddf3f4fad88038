import { type ConfigObject, known, type ReceiveConnector } from '../model'
import type { Fix } from '../rules/define-rule'
import { setProperties } from './objects'
import { comment, type Line, list } from './powershell'

/** In the order in which Exchange prints them. */
const printed = [
  'None',
  'Tls',
  'Integrated',
  'BasicAuth',
  'BasicAuthRequireTLS',
  'ExchangeServer',
  'ExternalAuthoritative',
]

/** The mechanisms of the connector with some more, in the order in which Exchange prints them; those it does not know come last. */
export function mechanismsWith(c: ReceiveConnector, ...more: readonly string[]): readonly string[] {
  const wanted = new Map([...(known(c.authMechanism) ?? []), ...more].map((m) => [m.toLowerCase(), m]))
  const rank = (m: string) => {
    const at = printed.findIndex((p) => p.toLowerCase() === m)
    return at < 0 ? printed.length : at
  }
  return [...wanted].sort(([a], [b]) => rank(a) - rank(b)).map(([, m]) => m)
}

/** That the parameter takes the place of all that was there. */
export const wholeList = (parameter: string): Line =>
  comment(`${parameter} replaces the whole list: what is to stay is named again, as the audit has recorded it.`)

/** Sets AuthMechanism of each connector to what it ought to hold. */
export function fixMechanisms(
  connectors: readonly ReceiveConnector[],
  wanted: (c: ReceiveConnector) => readonly string[],
  remarks: { readonly before?: readonly Line[]; readonly after?: readonly Line[] } = {},
): Fix | null {
  return setProperties(connectors, {
    set: (c) => ({ AuthMechanism: list(wanted(c)) }),
    alsoShow: ['Bindings', 'TlsCertificateName'],
    before: [wholeList('AuthMechanism'), ...(remarks.before ?? [])],
    after: remarks.after ?? [],
    effect: 'reconnect',
    minutes: 10,
  })
}

const indexes = new WeakMap<readonly ConfigObject[], ReadonlyMap<string, readonly ConfigObject[]>>()

function byId<T extends ConfigObject>(objects: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const present = indexes.get(objects) as ReadonlyMap<string, readonly T[]> | undefined
  if (present) return present
  const index = new Map<string, T[]>()
  for (const o of objects) index.set(o.id, [...(index.get(o.id) ?? []), o])
  indexes.set(objects, index)
  return index
}

/** The objects of a collection that failures speak of, each once. */
export function objectsOf<T extends ConfigObject>(
  objects: readonly T[],
  kind: string,
  members: readonly { readonly objects: readonly { readonly kind: string; readonly id: string }[] }[],
): readonly T[] {
  const ids = new Set(members.flatMap((m) => m.objects.flatMap((o) => (o.kind === kind ? [o.id] : []))))
  const index = byId(objects)
  return [...ids].flatMap((id) => index.get(id) ?? [])
}
