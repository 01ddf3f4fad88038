import 'server-only'

// What people copy. PowerShell first: that is where the exports are made.

/** A program in a language, for an operation. */
export type Sample = { readonly lang: 'PowerShell' | 'Shell'; readonly label: string; readonly source: string }

const host = 'https://postern.example.com'
const powershell = (label: string, ...lines: readonly string[]): Sample => ({
  ...{ lang: 'PowerShell', label },
  source: lines.join('\n'),
})
const shell = (...lines: readonly string[]): Sample => ({ lang: 'Shell', label: 'curl', source: lines.join('\n') })

/** An upload from a scheduled task. */
export const uploadSamples: readonly Sample[] = [
  powershell(
    'PowerShell 7',
    '$token = Get-Content -Raw C:\\Postern\\token.txt',
    `Invoke-RestMethod -Method Post -Uri ${host}/api/v1/audits \``,
    '  -Headers @{ Authorization = "Bearer $($token.Trim())" } `',
    "  -Form ([ordered]@{ environment = 'Contoso AG'; file = Get-ChildItem C:\\Exports\\*.txt })",
  ),
  powershell(
    'Windows PowerShell 5.1',
    '$token = Get-Content -Raw C:\\Postern\\token.txt',
    '$files = Get-ChildItem C:\\Exports\\*.txt | ForEach-Object { "-F", "file=@$($_.FullName)" }',
    'curl.exe -H "Authorization: Bearer $($token.Trim())" -F "environment=Contoso AG" @files `',
    `  ${host}/api/v1/audits`,
  ),
  shell(
    'curl -H "Authorization: Bearer $TOKEN" \\',
    "  -F environment='Contoso AG' -F file=@receive.txt -F file=@send.txt \\",
    `  ${host}/api/v1/audits`,
  ),
]

/** Reading one address. */
export const readSamples = (path: string): readonly Sample[] => [
  powershell(
    'PowerShell',
    `Invoke-RestMethod -Uri ${host}/api/v1${path} -Headers @{ Authorization = "Bearer $token" }`,
  ),
  shell(`curl -H "Authorization: Bearer $TOKEN" ${host}/api/v1${path}`),
]

/** Sending JSON to one address. */
export const sendSamples = (path: string, body: Readonly<Record<string, unknown>>): readonly Sample[] => [
  powershell(
    'PowerShell',
    `$body = '${JSON.stringify(body)}'`,
    `Invoke-RestMethod -Method Post -Uri ${host}/api/v1${path} -Body $body -ContentType application/json \``,
    '  -Headers @{ Authorization = "Bearer $token" }',
  ),
  shell(
    'curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body)}' \\`,
    `  ${host}/api/v1${path}`,
  ),
]
