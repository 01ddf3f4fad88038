import type { Layout } from './geometry'
import { layoutTopology } from './layout'
import { type Colour, coloursOf, type SvgTheme } from './palette'
import { shownOfPath } from './path'
import { isSelectable, type Selection, shownWith } from './selection'
import { drawCard } from './svg-card'
import { drawLegend } from './svg-legend'
import { drawLine, drawMarks } from './svg-line'
import { escapeXml } from './svg-text'
import { formatCount, type MapLanguage, mapTexts } from './texts'
import type { Topology } from './types'
import { lineTitle } from './words'

export type SvgOptions = {
  readonly topology: Topology
  readonly theme: SvgTheme
  readonly lang: MapLanguage
  /** What is selected; everything that does not belong to it is dimmed. */
  readonly selected?: Selection | null
  /** Cards of a way, one after the other; without a selection everything else is dimmed. */
  readonly path?: readonly string[]
  /** Cards that a search found. */
  readonly marked?: ReadonlySet<string>
  /** Printed above the map; for files that leave the product. */
  readonly title?: string | null
  /** Addresses of cards and lines in the page; null for a drawing without links. */
  readonly links?: ((selection: Selection) => string) | null
}

const fonts = "'Source Sans 3 Variable', 'Source Sans 3', system-ui, 'Segoe UI', sans-serif"
/** Source Sans 3 is narrower than the fonts that a viewer may fall back to (measured on names of connectors: 0.84). */
const pageFont = 0.87
const titleHeight = 36

/**
 * The map as one SVG with real text: for the page (theme `page`, with links), for print and for download. Everything that was
 * uploaded is escaped. Without links and with a theme of its own it is a picture that needs nothing around it.
 */
export function renderTopologySvg(options: SvgOptions): string {
  const { topology, lang, theme } = options
  const t = mapTexts(lang)
  const colour = coloursOf(theme)
  const layout = layoutTopology(topology)
  const above = options.title ? titleHeight : 0
  const legend = drawLegend(topology, lang, colour, layout.width, layout.height + above)
  const height = layout.height + above + legend.height
  const name = options.title ?? t.map
  const body = [
    lanes(layout, lang, colour),
    channel(layout, topology, lang, colour),
    drawing(layout, options, colour),
  ].join('')
  const size = theme === 'page' ? '' : ` width="${layout.width}" height="${height}"`
  const description = t.description(formatCount(topology.cards.length, lang), formatCount(topology.lines.length, lang))
  const background =
    theme === 'page' ? '' : `<rect width="${layout.width}" height="${height}" fill="${colour('canvas')}"/>`
  const heading = options.title
    ? `<text x="8" y="22" font-size="16" font-weight="600" fill="${colour('ink')}">${escapeXml(options.title)}</text>`
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${height}"${size} lang="${lang}" role="${options.links ? 'group' : 'img'}" aria-label="${escapeXml(`${name}. ${description}`)}"${theme === 'page' ? '' : ` font-family="${fonts}"`}>`,
    theme === 'page' ? '' : `<title>${escapeXml(name)}</title><desc>${escapeXml(description)}</desc>`,
    background,
    heading,
    above > 0 ? `<g transform="translate(0 ${above})">${body}</g>` : body,
    legend.svg,
    '</svg>',
  ].join('')
}

function lanes(layout: Layout, lang: MapLanguage, colour: Colour): string {
  const t = mapTexts(lang)
  const parts = layout.lanes.map((lane) => {
    const empty = !layout.cards.some((placed) => placed.card.lane === lane.id)
    const middle = lane.x + lane.width / 2
    const none = empty
      ? `<text x="${middle}" y="${(layout.channel ? layout.channel.y + layout.channel.height : 34) + 40}" font-size="12" text-anchor="middle" fill="${colour('ink-3')}">${escapeXml(t.empty)}</text>`
      : ''
    return `<rect x="${lane.x}" y="4" width="${lane.width}" height="${layout.height - 12}" rx="8" fill="${colour('subtle')}"/><text x="${middle}" y="24" font-size="13" font-weight="600" text-anchor="middle" fill="${colour('ink-2')}">${escapeXml(t.lanes[lane.id])}</text>${none}`
  })
  return `<g data-lanes="">${parts.join('')}</g>`
}

function channel(layout: Layout, topology: Topology, lang: MapLanguage, colour: Colour): string {
  if (!layout.channel) return ''
  const t = mapTexts(lang)
  const { x, y, width, height } = layout.channel
  const filtered = topology.cards.some((card) => card.lane === 'gateways' || card.lane === 'edge')
  const doors = topology.lines.filter((line) => line.bypass).reduce((sum, line) => sum + line.doors.length, 0)
  const text = `${filtered ? t.past : t.noGateway}: ${t.doors(doors, formatCount(doors, lang))}`
  return `<g data-channel=""><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${colour('canvas')}" stroke="${colour('line-strong')}" stroke-dasharray="6 4"/><text x="${x + width / 2}" y="${y + 17}" font-size="12" font-weight="600" text-anchor="middle" fill="${colour('ink-2')}">${escapeXml(text)}</text></g>`
}

function drawing(layout: Layout, options: SvgOptions, colour: Colour): string {
  const { topology, lang, marked, links, path = [] } = options
  const selected = options.selected && isSelectable(topology, options.selected) ? options.selected : null
  const way = selected === null && path.length > 0 ? shownOfPath(topology, path) : null
  const shown = selected === null ? way : shownWith(topology, selected)
  const cards = new Map(topology.cards.map((card) => [card.id, card]))
  const looks = layout.lines.map((placed) => {
    const { line } = placed
    const [from, to] = [cards.get(line.from), cards.get(line.to)]
    const look = {
      ...{
        colour,
        dim: shown !== null && !shown.lines.has(line.id),
        selected: (selected?.kind === 'line' && selected.id === line.id) || (way?.lines.has(line.id) ?? false),
      },
      title: from && to ? lineTitle(line, from, to, lang) : line.id,
      href: links?.({ kind: 'line', id: line.id }) ?? null,
    }
    return { placed, look }
  })
  // What belongs to the selection lies above the rest.
  const lines = [...looks.filter(({ look }) => look.dim), ...looks.filter(({ look }) => !look.dim)]
  const placed = layout.cards.map((card) =>
    drawCard(card, {
      ...{ colour, lang, dim: shown !== null && !shown.cards.has(card.card.id) },
      selected: selected?.kind === 'card' && selected.id === card.card.id,
      fontScale: options.theme === 'page' ? pageFont : 1,
      marked: (marked?.has(card.card.id) ?? false) || (way?.cards.has(card.card.id) ?? false),
      href: links?.({ kind: 'card', id: card.card.id }) ?? null,
    }),
  )
  const drawn = lines.map((line) => drawLine(line.placed, line.look)).join('')
  const marks = lines.map((line) => drawMarks(line.placed, line.look)).join('')
  return `<g data-lines="">${drawn}</g><g data-marks="">${marks}</g><g data-cards="">${placed.join('')}</g>`
}
