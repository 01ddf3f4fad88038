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
  Expect<Equal<S.AuditStatus, P.AuditStatus>>,
  Expect<Equal<S.UploadStatus, P.UploadStatus>>,
  Expect<Equal<S.JobStatus, P.JobStatus>>,
  Expect<Equal<S.Severity, P.Severity>>,
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
  Expect<Accepts<S.Prisma.AuditWhereInput, P.Prisma.AuditWhereInput>>,
  Expect<Accepts<S.Prisma.FindingWhereInput, P.Prisma.FindingWhereInput>>,
  Expect<Accepts<S.Prisma.JobWhereInput, P.Prisma.JobWhereInput>>,
]
