/**
 * How much Exchange takes of what closed mail systems have a lot of, with the day on which it was looked up. The number of address spaces
 * is the `rangeUpper` of the attribute `routingList` in the directory's schema. Recipient domains are by KB4014346; a test in 2025 got two
 * more in. Transport rules are those of the service description. A finding prints `recordedOn`; when the list is older than
 * `staleAfterDays` nothing passes because of it.
 */
export const exchangeLimits = {
  recordedOn: '2026-10-02',
  staleAfterDays: 365,
  sources: [
    'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
    'https://support.microsoft.com/help/4014346',
    'https://support.microsoft.com/help/3003043',
  ],
  addressSpaces: 2243,
  recipientDomains: 1266,
  transportRules: 300,
  transportRuleCharacters: 8192,
  transportRulePatternBytes: 20 * 1024,
} as const
