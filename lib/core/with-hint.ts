import type { RawBlock } from './model'
import type { SourceHint } from './source-hint'
import { parseCommand } from './text'

/**
 * What the block itself says goes before what a manifest says of its file. The command tells the kind of objects that lost their type,
 * and of none at all; what another cmdlet returned is not of the kind that it looks like. `isWhole`: nothing of the file is missing.
 */
export function withHint(b: RawBlock, hint: SourceHint | undefined, isWhole: boolean): RawBlock {
  if (hint === undefined) return b
  const command = hint.command === undefined ? undefined : parseCommand(hint.command)
  const isItsOutput = command !== undefined && (b.collection === null || b.collection === command.collection)
  const isOther = command !== undefined && command.collection === null && b.command === null
  const listing = b.listing ?? (isItsOutput && isWhole ? command.listing : isItsOutput ? 'named' : undefined)
  const collection = isOther ? null : (b.collection ?? command?.collection ?? null)
  return {
    ...b,
    collection,
    // A command and what it returned agree: there is nothing left to guess.
    ...(isItsOutput && collection !== null ? { certainty: 'certain' as const } : {}),
    cmdlet: isOther ? command.cmdlet : (b.cmdlet ?? (collection === null ? null : (command?.cmdlet ?? null))),
    server: b.server ?? hint.server ?? null,
    command: b.command ?? hint.command ?? null,
    side: b.side === 'unknown' ? (hint.side ?? 'unknown') : b.side,
    ...(listing === undefined ? {} : { listing }),
    ...(isItsOutput && b.named === undefined && command.named.length > 0 ? { named: command.named } : {}),
    ...(isItsOutput && command.filtersRows ? { filtered: true } : {}),
    ...(b.takenAt === undefined && hint.takenAt !== undefined ? { takenAt: hint.takenAt } : {}),
  }
}
