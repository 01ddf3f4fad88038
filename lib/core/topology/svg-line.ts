import type { PlacedLine, Point } from './geometry'
import { type Colour, strokes } from './palette'
import { lockMark, openLockMark, ticksMark } from './svg-marks'
import { escapeXml } from './svg-text'

const radius = 6

/** Straight along lanes and channel, curved through gutters; entered and left at a right angle to the card. */
function pathOf({ line, points }: PlacedLine): string {
  return line.bypass && points.length === 6 ? corners(points) : curves(points)
}

function curves(points: readonly Point[]): string {
  const [start] = points
  if (!start) return ''
  let path = `M${start.x} ${start.y}`
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]
    const b = points[i]
    if (!a || !b) continue
    const sameSide = a.x === b.x
    const middle = sameSide ? a.x + 40 : (a.x + b.x) / 2
    path += a.y === b.y ? `H${b.x}` : `C${middle} ${a.y} ${middle} ${b.y} ${b.x} ${b.y}`
  }
  return path
}

function corners(points: readonly Point[]): string {
  const [start] = points
  if (!start) return ''
  let path = `M${start.x} ${start.y}`
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]]
    if (!a || !b || !c) continue
    const r = Math.min(radius, Math.hypot(b.x - a.x, b.y - a.y) / 2, Math.hypot(c.x - b.x, c.y - b.y) / 2)
    const before = { x: b.x - Math.sign(b.x - a.x) * r, y: b.y - Math.sign(b.y - a.y) * r }
    const after = { x: b.x + Math.sign(c.x - b.x) * r, y: b.y + Math.sign(c.y - b.y) * r }
    path += `L${before.x} ${before.y}Q${b.x} ${b.y} ${after.x} ${after.y}`
  }
  const end = points.at(-1) ?? start
  return `${path}L${end.x} ${end.y}`
}

/** Which way the line enters its last card: +1 to the right, −1 to the left. */
function directionOf(points: readonly Point[]): number {
  const [a, b] = [points.at(-2), points.at(-1)]
  return a && b && a.x < b.x ? 1 : -1
}

/** The arrow ends at the card; the line stops in front of it, or a thick one would stick out. */
function arrow(end: Point, way: number, paint: string): string {
  return `<path d="M${end.x} ${end.y}l${-way * 9} -4.5v9z" fill="${paint}"/>`
}

export type LineLook = {
  readonly colour: Colour
  readonly dim: boolean
  readonly title: string
  readonly href: string | null
  readonly selected: boolean
}

/** One line as a link with a broad area to hit. Lines are listed in panel and table, so that they need no tab stop. */
export function drawLine({ line, points }: PlacedLine, look: LineLook): string {
  const stroke = strokes[line.protection]
  const end = points.at(-1)
  if (!end) return ''
  const trimmed = {
    line,
    trunk: false,
    points: [...points.slice(0, -1), { x: end.x - directionOf(points) * 7, y: end.y }],
  }
  const dash = stroke.dash === null ? '' : ` stroke-dasharray="${stroke.dash}"`
  const width = stroke.width + (look.selected ? 1.5 : 0)
  const d = pathOf(trimmed)
  const shape = `<path d="${d}" fill="none" stroke="${look.colour(stroke.colour)}" stroke-width="${width}"${dash}/>`
  const title = `<title>${escapeXml(look.title)}</title>`
  const group = `<g data-line="${escapeXml(line.id)}"${look.dim ? ' opacity="0.4"' : ''}>`
  if (look.href === null) return `${group}${title}${shape}</g>`
  const hit = `<path d="${d}" fill="none" stroke="transparent" stroke-width="12" pointer-events="stroke"/>`
  return `${group}<a href="${escapeXml(look.href)}" tabindex="-1" aria-hidden="true">${title}${hit}${shape}</a></g>`
}

/**
 * Arrow and markers of a line, and the number of its connectors at the sender. Drawn above all lines, so that none crosses them
 * out.
 */
export function drawMarks({ line, points, trunk }: PlacedLine, { colour, dim }: LineLook): string {
  const stroke = strokes[line.protection]
  const [start, end] = [points[0], points.at(-1)]
  if (!start || !end) return ''
  const way = directionOf(points)
  const marks = [arrow(end, way, colour(stroke.colour))]
  let at = end.x - way * 20
  if (stroke.mark === 'ticks') marks.push(ticksMark({ x: at, y: end.y }, colour))
  if (stroke.mark === 'lock') marks.push(lockMark({ x: at, y: end.y }, colour))
  if (stroke.mark !== null) at -= way * 16
  if (line.unproven) marks.push(openLockMark({ x: at, y: end.y }, line.worst, colour))
  if (line.unproven) at -= way * 16
  const doors = line.doors.filter((door) => door.connector !== null).length
  // Lines of one trunk leave from one point, so that the number stands at the end that each has for itself.
  const where = trunk ? { x: at - way * 13, y: end.y } : start
  if (doors > 1) marks.push(countMark(where, way, doors, colour))
  return `<g pointer-events="none"${dim ? ' opacity="0.4"' : ''}>${marks.join('')}</g>`
}

function countMark(start: Point, way: number, doors: number, colour: Colour): string {
  const text = String(doors)
  const width = 6 + text.length * 6.5
  const x = way > 0 ? start.x + 4 : start.x - 4 - width
  return `<rect x="${x}" y="${start.y - 6}" width="${width}" height="12" rx="6" fill="${colour('canvas')}" stroke="${colour('line-strong')}"/><text x="${x + width / 2}" y="${start.y + 4}" font-size="11" text-anchor="middle" fill="${colour('ink')}">${text}</text>`
}
