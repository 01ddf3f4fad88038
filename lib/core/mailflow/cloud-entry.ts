import { exchangeOnlineCidrs, touchesExchangeOnline } from '../defaults/exchange-online-ranges'
import { type Config, covers, type IpRange, isTrue, type ReceiveConnector, type Tri } from '../model'
import { type Listener, listenersOf, type Segment, selectionWithin } from './connector-selection'
import { hybridRecv } from './hybrid'
import { knownRanges, mergeRanges, takesAny } from './ranges'

/** How a connector takes sessions from Exchange Online: as from everywhere, or by ranges that hold its addresses. */
export type Reach = 'any' | 'ranges' | 'no' | 'unknown'

export function cloudReach(c: ReceiveConnector): Reach {
  if (takesAny(c) === 'yes') return 'any'
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  if (ranges.some(touchesExchangeOnline)) return 'ranges'
  return whole ? 'no' : 'unknown'
}

const recognises = (c: ReceiveConnector): Tri => hybridRecv(c).value

/** The connectors of a listener that recognise Exchange Online and take the whole of `cidr`. */
function hybridAt(
  connectors: readonly ReceiveConnector[],
  listener: Listener,
  cidr: IpRange,
): readonly ReceiveConnector[] {
  return connectors.filter((c) => {
    const bindings = 'value' in c.bindings ? c.bindings.value : []
    const here = bindings.some(
      (b) => b.port === listener.port && b.family === listener.family && b.address === listener.localAddress,
    )
    return here && mergeRanges(knownRanges(c.remoteIPRanges).ranges).some((r) => covers(r, cidr))
  })
}

/** Addresses of Exchange Online, and who answers them though `hybrid` on the same server is set up for it. */
export type Shadow = {
  readonly hybrid: ReceiveConnector
  readonly segment: Segment
  readonly by: ReceiveConnector | undefined
}

/** What becomes of a segment: `by` is the connector that takes it away, undefined where that cannot be told. */
function shadowOf(hybrid: ReceiveConnector, segment: Segment): Shadow | undefined {
  const { selection } = segment
  if (selection.state === 'winner') {
    const value = recognises(selection.connector)
    if (value === 'yes') return undefined
    return { hybrid, segment, by: value === 'no' ? selection.connector : undefined }
  }
  if (selection.state === 'none') return undefined
  const harmless =
    selection.candidates.length > 0 &&
    selection.candidates.every((c) => recognises(c) === 'yes') &&
    !(selection.state === 'unknown' && selection.reasons.includes('listing-not-whole'))
  return harmless ? undefined : { hybrid, segment, by: undefined }
}

/** Everything on port 25 of the server that keeps sessions of Exchange Online from the connector that recognises it. */
export function shadowsOn(config: Config, server: string, connectors: readonly ReceiveConnector[]): readonly Shadow[] {
  const hybrid = connectors.filter((c) => isTrue(c.enabled) === 'yes' && recognises(c) === 'yes')
  return listenersOf(config, server, 25).flatMap((listener) =>
    exchangeOnlineCidrs
      .filter((cidr) => cidr.family === listener.family)
      .flatMap((cidr) => {
        const [first] = hybridAt(hybrid, listener, cidr)
        if (!first) return []
        return selectionWithin(config, listener, cidr).flatMap((segment) => shadowOf(first, segment) ?? [])
      }),
  )
}
