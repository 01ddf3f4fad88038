import { type CollectionName, isSelected, kindOfTypes } from '../../model'

/** Settings of the other transport services have the names of those of the transport service, and other values. */
const OTHER_SERVICE = /(?:Frontend|Mailbox)Transport(?:Server|Service)\b/

/** What the type names of an object tell, the most derived first. Worked out once for each list of names in a file. */
export type Types = {
  readonly names: readonly string[]
  /** `null`: of a kind that only looks like one of ours. */
  readonly collection: CollectionName | null | undefined
  /** An object of properties that a script put together: only these tell what it is. */
  readonly isCustom: boolean
  /** `Selected.`: some properties of it. */
  readonly isSelected: boolean
  /** Instructions for the layout of a screen, from Format-List in front of Export-Clixml. */
  readonly isLayout: boolean
  readonly isSecret: boolean
  readonly isXml: boolean
}

export const typesOf = (names: readonly string[]): Types => ({
  names,
  collection: names.some((n) => OTHER_SERVICE.test(n)) ? null : kindOfTypes(names),
  isCustom: names.some((n) => n.endsWith('System.Management.Automation.PSCustomObject')),
  isSelected: isSelected(names),
  isLayout: names.some((n) => n.includes('Microsoft.PowerShell.Commands.Internal.Format.')),
  isSecret: names.some((n) => /(?:PSCredential|SecureString|NetworkCredential)$/.test(n)),
  isXml: names.some((n) => /\bSystem\.Xml\.Xml\w{1,30}$/.test(n)),
})

export const untyped: Types = typesOf([])
