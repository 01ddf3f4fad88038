import { type Config, known, type Tri, tri } from '../model'
import type { Answers } from '../rules/define-rule'
import { routingDomain } from './exchange-online-names'

/**
 * Does the MX of at least one domain point elsewhere than to these servers (Exchange Online, a gateway)? DNS is not asked: it is
 * what a person told with `mx=…` or `mx:DOMAIN=…`, and unknown without that.
 */
export function mxElsewhere(answers: Answers): Tri {
  const told = Object.entries(answers).flatMap(([key, value]) => (key === 'mx' || key.startsWith('mx:') ? [value] : []))
  return told.length === 0 ? 'unknown' : tri(told.some((v) => v === 'exchange-online' || v === 'gateway'))
}

/**
 * Where mail from the Internet arrives: `elsewhere` as soon as one domain is told to point past these servers, `here` only where
 * that was told of all of them at once, or of every accepted domain.
 */
export function mxPlace(config: Config, answers: Answers): 'here' | 'elsewhere' | 'unknown' {
  const elsewhere = mxElsewhere(answers)
  if (elsewhere !== 'no') return elsewhere === 'yes' ? 'elsewhere' : 'unknown'
  if (answers.mx === 'on-premises') return 'here'
  const domains = config.acceptedDomains.filter((d) => !routingDomain(known(d.domainName) ?? ''))
  const told = (name: string | undefined) => name !== undefined && answers[`mx:${name}`] === 'on-premises'
  return domains.length > 0 && domains.every((d) => told(known(d.domainName))) ? 'here' : 'unknown'
}
