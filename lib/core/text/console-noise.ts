/** Warnings between the lines of an output, and what `| more`, transcripts and remoting leave in a copied screen. */
const NOISE =
  /^\s{0,4}(?:(?:WARNING|WARNUNG|AVERTISSEMENT|ADVERTENCIA|AVVISO|VERBOSE|AUSF\u00dcHRLICH|DEBUG)\s?:|--\s{1,2}(?:More|Fortsetzung|Suite)\b|<SPACE>\s|Creating a new session for implicit remoting|Transcript (?:started|stopped), |Die (?:Aufzeichnung|Transkription) wurde )/i
const LIMITED = /\b1[.,]?000\b|ResultSize|more results|weitere Ergebnisse/i

export const isNoise = (line: string): boolean => NOISE.test(line)
/** The warning that tells that there is more than what was returned. */
export const tellsLimit = (line: string): boolean => LIMITED.test(line)

/** These are not translated: the formatter of errors writes them, in Windows PowerShell and in older views of PowerShell 7. */
const ERROR_MARK =
  /^\s{0,8}\+\s(?:CategoryInfo|FullyQualifiedErrorId)|^\s{0,8}(?:At line:|In Zeile:)\d|^(?:PS)?>{1,2}\s?TerminatingError\(|ObjectNotFound:|CommandNotFoundException|ParameterBindingException/
const ERROR_TEXT =
  /^(?:[A-Za-z]{2,20}-\w{2,60}\s?:\s|Die Benennung "|The term ['"\u2018]|Line\s{1,4}\|\s*$|(?:The operation )?couldn['\u2019]t (?:find|be)|Der Vorgang konnte nicht|Das Objekt .{1,300} (?:nicht gefunden|konnte nicht)|(?:Access is denied|Zugriff verweigert))/i

export const isErrorMark = (line: string): boolean => ERROR_MARK.test(line)
/** The words of an error. They can also stand in prose, so they count only below a command. */
export const isErrorText = (line: string): boolean => ERROR_TEXT.test(line)

/** Cmdlet that an error names: `Get-X : Couldn't find…`, `[Get-X], ManagementObjectNotFoundException`, `The term 'Get-X'`. */
export const cmdletOfError = (line: string): string | null =>
  /^(?:The term ['"\u2018]|Die Benennung ")?([A-Za-z]{2,20}-[A-Za-z]{2,60})["'\u2019]?\s/.exec(line)?.[1] ??
  /\[(Get-[A-Za-z]{2,60})\]/.exec(line)?.[1] ??
  null
