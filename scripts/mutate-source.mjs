// Places in a source file where one small fault can be planted, and the file with chosen ones built in behind a switch.
import { parseAst } from 'vite'

const EXCHANGED = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
}
/** Functions and methods of the vocabulary that are mistaken for one another. */
const CALLS = { and: 'or', or: 'and', anyOf: 'allOf', allOf: 'anyOf' }
const METHODS = { some: 'every', every: 'some', startsWith: 'endsWith', endsWith: 'startsWith' }
const WORDS = {
  yes: 'no',
  no: 'yes',
  unknown: 'yes',
  critical: 'high',
  high: 'medium',
  medium: 'high',
  low: 'medium',
  info: 'low',
}
/** What a rule declares and the contract test compares as it stands. */
const DECLARED = new Set([
  'id',
  'family',
  'question',
  'severities',
  'needs',
  'optional',
  'eitherOf',
  'reads',
  'references',
  'frameworks',
])
const EXPRESSIONS_OF_TYPES = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'])

/** The text that takes the place of `node`, for each fault that it can have. */
function* faults(node, text) {
  const of = (n) => text.slice(n.start, n.end)
  const between = (from, to) => text.slice(from, to)
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const other = EXCHANGED[node.operator]
      if (other) yield [`${node.operator} → ${other}`, `(${of(node.left)}) ${other} (${of(node.right)})`]
      return
    }
    case 'UnaryExpression':
      if (node.operator === '!') yield ['!x → x', of(node.argument)]
      return
    case 'ConditionalExpression':
      yield ['a ? b : c → a ? c : b', `(${of(node.test)}) ? (${of(node.alternate)}) : (${of(node.consequent)})`]
      return
    case 'Literal':
      if (typeof node.value === 'boolean') yield [`${node.value} → ${!node.value}`, String(!node.value)]
      else if (typeof node.value === 'number') yield [`${node.raw} → + 1`, String(node.value + 1)]
      else if (typeof node.value === 'string' && Object.hasOwn(WORDS, node.value))
        yield [`'${node.value}' → '${WORDS[node.value]}'`, `'${WORDS[node.value]}'`]
      return
    case 'CallExpression': {
      const { callee } = node
      const rest = between(callee.end, node.end)
      if (callee.type === 'Identifier') {
        if (callee.name === 'not' && node.arguments.length === 1) yield ['not(x) → x', of(node.arguments[0])]
        const other = Object.hasOwn(CALLS, callee.name) && CALLS[callee.name]
        if (other && node.arguments.length + rest.includes('...') > 1)
          yield [`${callee.name}( → ${other}(`, `__${other}${rest}`]
      } else if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed) {
        const { name } = callee.property
        const before = between(node.start, callee.property.start)
        if (Object.hasOwn(METHODS, name)) yield [`.${name}( → .${METHODS[name]}(`, `${before}${METHODS[name]}${rest}`]
        if (name === 'filter') yield ['.filter(f) → all', of(callee.object)]
      }
    }
  }
}

/** All faults of a file, in the order of the text. */
export function faultsOf(text) {
  const found = []
  const add = (node, parent, kind, replacement, depth) =>
    found.push({
      start: node.start,
      end: node.end,
      depth,
      line: text.slice(0, node.start).split('\n').length,
      kind,
      replacement,
      isStatement: parent?.type === 'ExpressionStatement',
    })
  const visit = (node, parent, depth) => {
    if (node.type.startsWith('TS') && !EXPRESSIONS_OF_TYPES.has(node.type)) return
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return
    // A fix is proven by the contract test; what counts here is what a rule finds.
    if (node.type === 'FunctionDeclaration' && node.id?.name === 'fix') return
    if (node.type === 'Property' && !node.computed) {
      const isDeclared = parent?.isRule && DECLARED.has(node.key.name ?? node.key.value)
      if (!isDeclared && !node.shorthand) visit(node.value, node, depth + 1)
      return
    }
    for (const [kind, replacement] of faults(node, text)) add(node, parent, kind, replacement, depth)
    if (node.type === 'IfStatement') add(node.test, node, 'if (x) → if (false)', 'false', depth + 0.5)
    if (node.type === 'CallExpression' && node.callee.name === 'defineRule' && node.arguments[0])
      node.arguments[0].isRule = true
    for (const [key, child] of Object.entries(node)) {
      if (key === 'parent') continue
      for (const c of Array.isArray(child) ? child : [child])
        if (c && typeof c === 'object' && typeof c.type === 'string') visit(c, node, depth + 1)
    }
  }
  visit(parseAst(text, { lang: 'ts' }), null, 0)
  return found.sort((a, b) => a.start - b.start || a.depth - b.depth)
}

/**
 * The file with these faults built in: each behind `__fault(number)`, so that one bundle holds them all and no file is ever changed.
 * `imports` gives the functions that an exchange needs and the file may not know.
 */
export function withFaults(text, chosen, imports) {
  const places = new Map()
  for (const f of chosen) {
    const key = `${f.start}-${f.end}-${f.depth}`
    places.set(key, [...(places.get(key) ?? []), f])
  }
  const inserts = []
  for (const group of places.values()) {
    const { start, end, depth, isStatement } = group[0]
    const switches = group.map((f) => `__fault(${f.number}) ? (${f.replacement}) : `).join('')
    inserts.push({ at: start, order: depth, text: `${isStatement ? ';' : ''}(${switches}(` })
    inserts.push({ at: end, order: -depth, isEnd: true, text: '))' })
  }
  // Where one expression ends another may begin: first what ends, the innermost first; then what begins, the outermost first.
  inserts.sort((a, b) => a.at - b.at || Number(!!b.isEnd) - Number(!!a.isEnd) || a.order - b.order)
  let result = ''
  let at = 0
  for (const i of inserts) {
    result += text.slice(at, i.at) + i.text
    at = i.at
  }
  return `${result}${text.slice(at)}\n${imports}`
}
