// Compile-time proof that the two generated clients agree on every model's rows and inputs (run by the type check, never loaded).
import type * as P from '../generated/postgresql/client'
import type * as S from '../generated/sqlite/client'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Expect<T extends true> = T
type Accepts<A, B> = A extends B ? true : false

export type Rows = [
  Expect<Equal<S.Environment, P.Environment>>,
  Expect<Equal<S.Audit, P.Audit>>,
  Expect<Equal<S.Upload, P.Upload>>,
  Expect<Equal<S.Report, P.Report>>,
  Expect<Equal<S.Finding, P.Finding>>,
  Expect<Equal<S.Job, P.Job>>,
  Expect<Equal<S.AcceptedRisk, P.AcceptedRisk>>,
  Expect<Equal<S.Expectation, P.Expectation>>,
  Expect<Equal<S.User, P.User>>,
  Expect<Equal<S.Membership, P.Membership>>,
  Expect<Equal<S.Session, P.Session>>,
  Expect<Equal<S.Passkey, P.Passkey>>,
  Expect<Equal<S.RecoveryCode, P.RecoveryCode>>,
  Expect<Equal<S.Identity, P.Identity>>,
  Expect<Equal<S.OidcAttempt, P.OidcAttempt>>,
  Expect<Equal<S.OneTimeLink, P.OneTimeLink>>,
  Expect<Equal<S.ApiToken, P.ApiToken>>,
  Expect<Equal<S.Setting, P.Setting>>,
  Expect<Equal<S.Throttle, P.Throttle>>,
  Expect<Equal<S.Share, P.Share>>,
  Expect<Equal<S.Visit, P.Visit>>,
  Expect<Equal<S.Activity, P.Activity>>,
  Expect<Equal<S.AuditStatus, P.AuditStatus>>,
  Expect<Equal<S.UploadStatus, P.UploadStatus>>,
  Expect<Equal<S.JobStatus, P.JobStatus>>,
  Expect<Equal<S.Severity, P.Severity>>,
  Expect<Equal<S.Role, P.Role>>,
  Expect<Equal<S.LinkPurpose, P.LinkPurpose>>,
  Expect<Equal<S.ShareKind, P.ShareKind>>,
  Expect<Equal<S.ShareLevel, P.ShareLevel>>,
]

/** What SQLite accepts, PostgreSQL accepts. */
export type Inputs = [
  Expect<Accepts<S.Prisma.EnvironmentCreateManyInput, P.Prisma.EnvironmentCreateManyInput>>,
  Expect<Accepts<S.Prisma.AuditCreateManyInput, P.Prisma.AuditCreateManyInput>>,
  Expect<Accepts<S.Prisma.UploadCreateManyInput, P.Prisma.UploadCreateManyInput>>,
  Expect<Accepts<S.Prisma.ReportCreateManyInput, P.Prisma.ReportCreateManyInput>>,
  Expect<Accepts<S.Prisma.FindingCreateManyInput, P.Prisma.FindingCreateManyInput>>,
  Expect<Accepts<S.Prisma.JobCreateManyInput, P.Prisma.JobCreateManyInput>>,
  Expect<Accepts<S.Prisma.AcceptedRiskCreateManyInput, P.Prisma.AcceptedRiskCreateManyInput>>,
  Expect<Accepts<S.Prisma.ExpectationCreateManyInput, P.Prisma.ExpectationCreateManyInput>>,
  Expect<Accepts<S.Prisma.UserCreateManyInput, P.Prisma.UserCreateManyInput>>,
  Expect<Accepts<S.Prisma.MembershipCreateManyInput, P.Prisma.MembershipCreateManyInput>>,
  Expect<Accepts<S.Prisma.SessionCreateManyInput, P.Prisma.SessionCreateManyInput>>,
  Expect<Accepts<S.Prisma.PasskeyCreateManyInput, P.Prisma.PasskeyCreateManyInput>>,
  Expect<Accepts<S.Prisma.RecoveryCodeCreateManyInput, P.Prisma.RecoveryCodeCreateManyInput>>,
  Expect<Accepts<S.Prisma.IdentityCreateManyInput, P.Prisma.IdentityCreateManyInput>>,
  Expect<Accepts<S.Prisma.OidcAttemptCreateManyInput, P.Prisma.OidcAttemptCreateManyInput>>,
  Expect<Accepts<S.Prisma.OneTimeLinkCreateManyInput, P.Prisma.OneTimeLinkCreateManyInput>>,
  Expect<Accepts<S.Prisma.ApiTokenCreateManyInput, P.Prisma.ApiTokenCreateManyInput>>,
  Expect<Accepts<S.Prisma.SettingCreateManyInput, P.Prisma.SettingCreateManyInput>>,
  Expect<Accepts<S.Prisma.ThrottleCreateManyInput, P.Prisma.ThrottleCreateManyInput>>,
  Expect<Accepts<S.Prisma.ShareCreateManyInput, P.Prisma.ShareCreateManyInput>>,
  Expect<Accepts<S.Prisma.VisitCreateManyInput, P.Prisma.VisitCreateManyInput>>,
  Expect<Accepts<S.Prisma.ActivityCreateManyInput, P.Prisma.ActivityCreateManyInput>>,
  Expect<Accepts<S.Prisma.AuditWhereInput, P.Prisma.AuditWhereInput>>,
  Expect<Accepts<S.Prisma.FindingWhereInput, P.Prisma.FindingWhereInput>>,
  Expect<Accepts<S.Prisma.JobWhereInput, P.Prisma.JobWhereInput>>,
]
