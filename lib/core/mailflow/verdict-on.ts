import type { ConfigObject, Tri } from '../model'
import type { Fail, Missing, Verdict } from '../rules/define-rule'
import { exportOfObject } from './missing'
import { cloneKey, refOf } from './object-ref'

type Own = Pick<Fail, 'severity' | 'exposure' | 'params' | 'evidence' | 'conditions'> & Partial<Fail>

/** A failure about one object, proven by its configuration; clones on several servers share the key. */
export const failOn = (o: ConfigObject, own: Own): Fail => ({
  state: 'fail',
  key: cloneKey(o),
  side: o.side,
  confidence: 'proven',
  proof: 'configuration',
  objects: [refOf(o)],
  ...own,
})

/** What a three-valued condition makes of an object: yes fails, no passes, and unknown asks for its export or for what is `missing`. */
export function verdictOn(
  o: ConfigObject,
  value: Tri,
  fail: () => Fail,
  missing: readonly Missing[] = [exportOfObject(o)],
): Verdict {
  if (value === 'yes') return fail()
  const object = refOf(o)
  if (value === 'no') return { state: 'pass', object }
  const [first = exportOfObject(o), ...rest] = missing
  return { state: 'not-assessed', object, missing: [first, ...rest] }
}
