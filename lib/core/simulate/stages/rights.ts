import { type Right, type RightValue, rightOf } from '../../mailflow/rights'
import type { Property, Tri } from '../../model'
import type { Session } from '../session'
import type { TraceConfidence, World } from '../types'

export type Allowed = {
  readonly value: RightValue
  readonly because: readonly Property<unknown>[]
  readonly confidence: TraceConfidence
}

/** What a session with the certificate of Exchange Online may do although no group gives it: known from observation only. */
const ofCloud: readonly Right[] = ['submit', 'anySender', 'ownDomainSender', 'routingHeaders']
/** And what it may do when XOORG names the own organisation. */
const ofTrusted: readonly Right[] = ['anyRecipient', 'ownDomainSender', 'bypassAntiSpam', 'bypassSizeLimit']

const either = (a: RightValue, b: Tri): RightValue =>
  a === 'yes' || b === 'yes' ? 'yes' : a === 'unknown' || b === 'unknown' ? 'unknown' : a

/** May the session do that? Its principal, and the cloud beside it. */
export function mayDo(session: Session, world: World, right: Right): Allowed {
  const { connector, principal, cloud, trusted, cloudRule } = session
  if (connector === null) return { value: 'unknown', because: [], confidence: 'unknown' }
  const own = rightOf(world.config, connector, principal, right)
  const byCloud: Tri = ofCloud.includes(right) ? cloud : 'no'
  const byTrust: Tri = ofTrusted.includes(right) ? trusted : 'no'
  const value = either(either(own.value, byCloud), byTrust)
  const byCapability = own.value !== 'yes' && value !== own.value
  const because = byCapability ? [connector.tlsDomainCapabilities, ...own.because] : own.because
  const said = own.sure ? ('certain' as const) : ('likely' as const)
  if (own.value === 'yes') return { value, because, confidence: said }
  if (value === 'unknown') return { value, because, confidence: 'unknown' }
  const mayBeGiven = ofCloud.includes(right) || ofTrusted.includes(right)
  const confidence =
    value === 'presumed-no' || byCapability ? 'likely' : mayBeGiven && said === 'certain' ? cloudRule : said
  return { value, because, confidence }
}
