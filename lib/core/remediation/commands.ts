/** A value that only a person knows. It stands in the commands as `<name>`, and open ones block copying. */
export type Placeholder = { readonly name: string; readonly label: { readonly en: string; readonly de: string } }

/**
 * What a piece of PowerShell is worth, where that is known without running it: a literal, the account of a SID, a variable that an
 * earlier line has set. null clears.
 */
export type CodeValue =
  | string
  | boolean
  | null
  | readonly string[]
  | { readonly sid: string }
  | { readonly variable: string }

/**
 * A piece of PowerShell. Only the functions of powershell.ts make one, so that no uploaded text gets into a command but through
 * `str`, `list` or `comment`.
 */
export type Code = { readonly code: string; readonly placeholders: readonly Placeholder[]; readonly value?: CodeValue }
/** `true` is a switch. */
export type Command = { readonly cmdlet: string; readonly parameters: Readonly<Record<string, Code | true>> }
/** What a step is made of. A pipeline's last command is the one that changes something. */
export type Line =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'set'; readonly variable: string; readonly value: Code }
  | { readonly kind: 'run'; readonly pipeline: readonly Command[] }

export type FixStep = { readonly kind: 'backup' | 'try' | 'change' | 'check' | 'rollback'; readonly powershell: string }

export type Fix = {
  readonly steps: readonly FixStep[]
  readonly effect: 'none' | 'reconnect' | 'restart'
  readonly minutes: number
  readonly runsOn: 'exchange-management-shell' | 'edge' | 'exchange-online'
  readonly placeholders: readonly Placeholder[]
  /** The change itself, as it was put together: what it does to the model can be worked out from it. */
  readonly change: readonly Line[]
}
