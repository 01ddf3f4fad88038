import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { AuditFile } from '../index'

const core = path.join(import.meta.dirname, '..')
const sample = path.join(core, '..', '..', 'samples', 'contoso')
const fixtures = path.join(core, 'fixtures')

const said = z.object({ asOf: z.string(), answers: z.record(z.string(), z.string()).default({}) })

export type Case = {
  readonly name: string
  readonly files: readonly AuditFile[]
  readonly asOf: Date
  readonly answers: Readonly<Record<string, string>>
}

const filesIn = (dir: string): AuditFile[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile() || entry.name === 'expected.json') return []
    const at = path.join(entry.parentPath, entry.name)
    return [{ name: path.relative(dir, at).replaceAll('\\', '/'), bytes: new Uint8Array(readFileSync(at)) }]
  })

function caseOf(name: string): Case {
  const dir = path.join(fixtures, name)
  const { asOf, answers } = said.parse(JSON.parse(readFileSync(path.join(dir, 'expected.json'), 'utf8')))
  return { name, files: filesIn(dir), asOf: new Date(asOf), answers }
}

/** Every golden case and the sample, each with the day and the answers that it is judged by. */
export const allCases = (): Case[] => [
  ...readdirSync(fixtures, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [caseOf(e.name)] : [])),
  { name: 'sample', files: filesIn(sample), asOf: new Date('2026-11-21'), answers: {} },
]
