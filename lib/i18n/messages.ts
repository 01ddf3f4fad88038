import type { Locale } from './locales'
import deAcceptance from './messages/de/acceptance.json'
import deAccount from './messages/de/account.json'
import deActivity from './messages/de/activity.json'
import deChecks from './messages/de/checks.json'
import deCollect from './messages/de/collect.json'
import deCommon from './messages/de/common.json'
import deCompare from './messages/de/compare.json'
import deCoverage from './messages/de/coverage.json'
import deDeletion from './messages/de/deletion.json'
import deExpectations from './messages/de/expectations.json'
import deFiles from './messages/de/files.json'
import deFinding from './messages/de/finding.json'
import deFindings from './messages/de/findings.json'
import deGuest from './messages/de/guest.json'
import deHome from './messages/de/home.json'
import deMap from './messages/de/map.json'
import deOverview from './messages/de/overview.json'
import dePeople from './messages/de/people.json'
import deProfile from './messages/de/profile.json'
import deRelay from './messages/de/relay.json'
import deRisks from './messages/de/risks.json'
import deRules from './messages/de/rules.json'
import deSettings from './messages/de/settings.json'
import deSetup from './messages/de/setup.json'
import deSharing from './messages/de/sharing.json'
import deShell from './messages/de/shell.json'
import deSignIn from './messages/de/signIn.json'
import deSignInSettings from './messages/de/signInSettings.json'
import deSimulator from './messages/de/simulator.json'
import deTokens from './messages/de/tokens.json'
import deUpload from './messages/de/upload.json'
import deUploader from './messages/de/uploader.json'
import deWords from './messages/de/words.json'
import enAcceptance from './messages/en/acceptance.json'
import enAccount from './messages/en/account.json'
import enActivity from './messages/en/activity.json'
import enChecks from './messages/en/checks.json'
import enCollect from './messages/en/collect.json'
import enCommon from './messages/en/common.json'
import enCompare from './messages/en/compare.json'
import enCoverage from './messages/en/coverage.json'
import enDeletion from './messages/en/deletion.json'
import enExpectations from './messages/en/expectations.json'
import enFiles from './messages/en/files.json'
import enFinding from './messages/en/finding.json'
import enFindings from './messages/en/findings.json'
import enGuest from './messages/en/guest.json'
import enHome from './messages/en/home.json'
import enMap from './messages/en/map.json'
import enOverview from './messages/en/overview.json'
import enPeople from './messages/en/people.json'
import enProfile from './messages/en/profile.json'
import enRelay from './messages/en/relay.json'
import enRisks from './messages/en/risks.json'
import enRules from './messages/en/rules.json'
import enSettings from './messages/en/settings.json'
import enSetup from './messages/en/setup.json'
import enSharing from './messages/en/sharing.json'
import enShell from './messages/en/shell.json'
import enSignIn from './messages/en/signIn.json'
import enSignInSettings from './messages/en/signInSettings.json'
import enSimulator from './messages/en/simulator.json'
import enTokens from './messages/en/tokens.json'
import enUpload from './messages/en/upload.json'
import enUploader from './messages/en/uploader.json'
import enWords from './messages/en/words.json'

// One file per namespace and language; a new namespace is two imports and two lines here.
const en = {
  words: enWords,
  activity: enActivity,
  tokens: enTokens,
  people: enPeople,
  settings: enSettings,
  acceptance: enAcceptance,
  account: enAccount,
  risks: enRisks,
  map: enMap,
  overview: enOverview,
  findings: enFindings,
  finding: enFinding,
  expectations: enExpectations,
  files: enFiles,
  checks: enChecks,
  collect: enCollect,
  compare: enCompare,
  coverage: enCoverage,
  deletion: enDeletion,
  common: enCommon,
  guest: enGuest,
  home: enHome,
  profile: enProfile,
  signIn: enSignIn,
  signInSettings: enSignInSettings,
  relay: enRelay,
  rules: enRules,
  simulator: enSimulator,
  setup: enSetup,
  sharing: enSharing,
  shell: enShell,
  upload: enUpload,
  uploader: enUploader,
}

export type Messages = typeof en
export type Namespace = keyof Messages

const de: Messages = {
  words: deWords,
  activity: deActivity,
  tokens: deTokens,
  people: dePeople,
  settings: deSettings,
  acceptance: deAcceptance,
  account: deAccount,
  risks: deRisks,
  map: deMap,
  overview: deOverview,
  findings: deFindings,
  finding: deFinding,
  expectations: deExpectations,
  files: deFiles,
  checks: deChecks,
  collect: deCollect,
  compare: deCompare,
  coverage: deCoverage,
  deletion: deDeletion,
  common: deCommon,
  guest: deGuest,
  home: deHome,
  profile: deProfile,
  signIn: deSignIn,
  signInSettings: deSignInSettings,
  relay: deRelay,
  rules: deRules,
  simulator: deSimulator,
  setup: deSetup,
  sharing: deSharing,
  shell: deShell,
  upload: deUpload,
  uploader: deUploader,
}

/** All texts of the app. Both languages have the same keys and parameters (messages.test.ts). */
export const messages: Readonly<Record<Locale, Messages>> = { en, de }
