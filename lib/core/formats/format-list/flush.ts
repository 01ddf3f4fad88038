import { indentOf, labelAt, lowerName } from '../../text'
import { addPart, type Lists } from './lists'
import { looseLabelAt } from './loose-label'
import { isDoubled, seenOf, wrappedOf } from './open-object'
import { firstPart, type OpenObject } from './printed'

/** A line of a value is at least as long, unless it is the last one. */
const SHORTEST_WRAPPED = 60
const SHORTEST_COLLAPSED = 12
const LOOK_AHEAD = 20

/**
 * A line at the margin right below a line of a list: the rest of a value whose indent was lost, where the value shows that it is not
 * at its end or where the list goes on below. Otherwise it is prose; a long value above it may have lost its end to it.
 */
export function addFlush(l: Lists, o: OpenObject, start: number, end: number): boolean {
  const p = o.properties[o.properties.length - 1]
  if (p === undefined || l.blanks > (isDoubled(o) ? 1 : 0)) return false
  const more = o.wrapped.get(p)?.more ?? []
  const last = more[more.length - 1] ?? firstPart(p, o.lastLength)
  const shown = last.text.trimEnd()
  const isOpenList = p.text.charCodeAt(0) === 123 && !shown.endsWith('}')
  if (shown.endsWith(',') || isOpenList || goesOn(l, o, end)) {
    addPart(l, o, p, start, end, { text: l.text.slice(start, end), shift: 0, blanksBefore: 0, isFlush: true })
    return true
  }
  if (o.isRagged ? shown.length >= SHORTEST_COLLAPSED : last.length >= SHORTEST_WRAPPED) wrappedOf(o, p).isCut = true
  return false
}

/** Does another label of the same object follow, before a blank line? */
function goesOn(l: Lists, o: OpenObject, from: number): boolean {
  let at = from + 1
  for (let n = 0; n < LOOK_AHEAD && at < l.section.to; n++) {
    const newline = l.text.indexOf('\n', at)
    const end = newline < 0 ? l.text.length : newline
    if (indentOf(l.text, at, end) === end - at) {
      if (!isDoubled(o)) return false
    } else {
      const label = labelAt(l.text, at, end) ?? (o.isLoose ? looseLabelAt(l.text, at, end) : undefined)
      if (label !== undefined) {
        const isSame = o.isRagged || label.colon - at === o.column
        return isSame && !seenOf(o).has(lowerName(l.text.slice(label.from, label.to)))
      }
    }
    at = end + 1
  }
  return false
}
