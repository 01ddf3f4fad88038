import type { Report } from './schema'

/**
 * The report as JSON in pieces, one item a line: a report of thousands of connectors is never one string, and its lines can be
 * compared and searched with common tools.
 */
export function* jsonChunks(report: Report): Generator<string> {
  const line = (value: unknown): string => JSON.stringify(value)
  function* list(items: readonly unknown[]): Generator<string> {
    yield '['
    for (const [i, item] of items.entries()) yield `${i === 0 ? '\n' : ',\n'}${line(item)}`
    yield items.length === 0 ? ']' : '\n]'
  }
  yield '{'
  let first = true
  for (const [key, value] of Object.entries(report)) {
    yield `${first ? '\n' : ',\n'}${line(key)}: `
    first = false
    if (Array.isArray(value)) yield* list(value)
    else if (key === 'inventory') {
      yield '{'
      for (const [i, [name, items]] of Object.entries(report.inventory).entries()) {
        yield `${i === 0 ? '\n' : ',\n'}${line(name)}: `
        yield* list(items)
      }
      yield '\n}'
    } else yield line(value)
  }
  yield '\n}\n'
}
