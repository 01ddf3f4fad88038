import { createRequire } from 'node:module'
import path from 'node:path'
import type { Node } from '@vscode/tree-sitter-wasm'

const require = createRequire(import.meta.url)

/** The syntax tree of a PowerShell script, by the grammar that editors colour scripts with. */
export async function parsePowerShell(text: string): Promise<Node> {
  const { Parser, Language }: typeof import('@vscode/tree-sitter-wasm') = require('@vscode/tree-sitter-wasm')
  await Parser.init()
  const folder = path.dirname(require.resolve('@vscode/tree-sitter-wasm'))
  const parser = new Parser()
  parser.setLanguage(await Language.load(path.join(folder, 'tree-sitter-powershell.wasm')))
  const tree = parser.parse(text)
  if (!tree) throw new Error('the script was not parsed')
  return tree.rootNode
}

/** Every node of a tree, in the order of the text. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const child of node.children) if (child) yield* nodesOf(child)
}

/** `12: param(` for each place that the grammar cannot read. */
export const syntaxErrors = (root: Node): string[] =>
  [...nodesOf(root)]
    .filter((n) => n.isError || n.isMissing)
    .map((n) => `${n.startPosition.row + 1}: ${n.isMissing ? `${n.type} is missing` : n.text.slice(0, 40)}`)

/** What stands where a command is called: names, and `$variable` behind `&` and `.`. */
export const commandNames = (root: Node): string[] =>
  [...nodesOf(root)].filter((n) => n.type === 'command_name' || n.type === 'command_name_expr').map((n) => n.text)

export const functionNames = (root: Node): string[] =>
  [...nodesOf(root)].filter((n) => n.type === 'function_name').map((n) => n.text)

/** Static members that are used, `[System.IO.File]::WriteAllText`. */
export const staticMembers = (root: Node): string[] =>
  [...nodesOf(root)].flatMap((n) => {
    const [type, separator, member] = n.children
    return separator?.type === '::' && type && member ? [`${type.text}::${member.text}`] : []
  })
