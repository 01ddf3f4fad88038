import { type Tri, tri } from '../model'
import type { Answers } from '../rules/define-rule'

/**
 * Does the MX of at least one domain point elsewhere than to these servers (Exchange Online, a gateway)? DNS is not asked: it is
 * what a person told with `mx=…` or `mx:DOMAIN=…`, and unknown without that.
 */
export function mxElsewhere(answers: Answers): Tri {
  const told = Object.entries(answers).flatMap(([key, value]) => (key === 'mx' || key.startsWith('mx:') ? [value] : []))
  return told.length === 0 ? 'unknown' : tri(told.some((v) => v === 'exchange-online' || v === 'gateway'))
}
