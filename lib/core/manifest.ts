import { z } from 'zod'
import type { Diagnostic } from './model'
import type { SourceHint } from './source-hint'

/** What the manifest of the collection script says of the files beside it. `isOf` tells files that belong to it. */
export type Manifest = {
  /** By path in lower case, from the folder of the manifest on. */
  readonly hints: ReadonlyMap<string, SourceHint>
  readonly notices: readonly Diagnostic[]
}

const MAX_BYTES = 4_000_000
const MAX_FILES = 10_000
const MAX_NOTICES = 100
const MAX_MESSAGE = 300

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?$/)
const entry = z.object({
  path: z.string().min(1).max(1000),
  command: z.string().max(4000).nullish(),
  server: z.string().max(255).nullish(),
  takenAt: time.nullish().catch(undefined),
  error: z.string().max(100_000).nullish(),
})
const document = z.object({
  postern: z.literal(1),
  mode: z.enum(['on-premises', 'edge', 'exchange-online']).optional(),
  files: z.array(entry).max(MAX_FILES),
})

const isUnsafe = (path: string): boolean =>
  /^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path) || path.includes('\u0000')

export const isManifestName = (name: string): boolean => /(?:^|\/)manifest\.json$/i.test(name)

const unusable = (reason: string): Manifest => ({
  hints: new Map(),
  notices: [{ code: 'manifest-unusable', level: 'warning', params: { reason } }],
})

/** undefined: JSON of something else that is called so. `present`: the paths that are there, from the folder of the manifest on. */
export function readManifest(bytes: Uint8Array, present: ReadonlySet<string>): Manifest | undefined {
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, 4000))
  if (!/"postern"\s{0,9}:/.test(head)) return undefined
  if (bytes.length > MAX_BYTES) return unusable('manifest-too-large')
  const parsed = document.safeParse(jsonOf(bytes))
  if (!parsed.success) return unusable('manifest-malformed')
  const { files, mode } = parsed.data
  if (files.some((f) => isUnsafe(f.path))) return unusable('unsafe-path')
  const hints = new Map<string, SourceHint>()
  const notices: Diagnostic[] = []
  for (const f of files) {
    const path = keyOf(f.path)
    const message = f.error ? clip(f.error) : undefined
    hints.set(path, {
      ...(f.command ? { command: f.command } : {}),
      ...(f.server ? { server: f.server } : {}),
      ...(mode ? { side: mode } : {}),
      ...(f.takenAt ? { takenAt: f.takenAt } : {}),
      ...(message === undefined ? {} : { failure: message }),
    })
    if (present.has(path) || notices.length >= MAX_NOTICES) continue
    const command = clip(f.command ?? '')
    notices.push(
      message === undefined
        ? { code: 'manifest-file-missing', level: 'warning', object: f.path, params: { file: f.path, command } }
        : { code: 'command-failed', level: 'warning', object: f.path, params: { command, message } },
    )
  }
  return { hints, notices }
}

export const keyOf = (path: string): string => path.replaceAll('\\', '/').replace(/^\.\//, '').toLowerCase()

const clip = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8').decode(bytes))
  } catch {
    return undefined
  }
}
