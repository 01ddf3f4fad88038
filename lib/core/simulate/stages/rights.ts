import { type Right, type RightValue, rightOf } from '../../mailflow/rights'
import type { Property, Tri } from '../../model'
import type { Session } from '../session'
import type { TraceConfidence, World } from '../types'

export type Allowed = {
  readonly value: RightValue
  readonly because: readonly Property<unknown>[]
  readonly confidence: TraceConfidence
  /** The access list would decide. */
  readonly needsAccessList: boolean
}

/** What a session with the certificate of Exchange Online may do although no group gives it: known from observation only. */
const ofCloud: readonly Right[] = ['submit', 'anySender', 'ownDomainSender', 'routingHeaders']
/** And what it may do when XOORG names the own organisation. */
const ofTrusted: readonly Right[] = ['anyRecipient', 'ownDomainSender', 'bypassAntiSpam', 'bypassSizeLimit']

const either = (a: RightValue, b: Tri): RightValue =>
  a === 'yes' || b === 'yes' ? 'yes' : a === 'unknown' || b === 'unknown' ? 'unknown' : a

/** May the session do that? Its principal, and the cloud beside it. */
export function mayDo(session: Session, world: World, right: Right): Allowed {
  const { connector, principal, cloud, trusted } = session
  if (connector === null || principal === 'unknown')
    return { value: 'unknown', because: [], confidence: 'unknown', needsAccessList: false }
  const own = rightOf(world.config, connector, principal, right)
  const byCloud: Tri = ofCloud.includes(right) && cloud !== 'no' ? cloud : 'no'
  const byTrust: Tri = ofTrusted.includes(right) && trusted !== 'no' ? trusted : 'no'
  const value = either(either(own.value, byCloud), byTrust)
  const because =
    own.value === 'yes' || value === own.value ? own.because : [connector.tlsDomainCapabilities, ...own.because]
  const confidence: TraceConfidence =
    value === 'unknown'
      ? 'unknown'
      : value === 'presumed-no' || (value === 'yes' && own.value !== 'yes')
        ? 'likely'
        : 'certain'
  return { value, because, confidence, needsAccessList: own.value === 'presumed-no' || own.value === 'unknown' }
}
