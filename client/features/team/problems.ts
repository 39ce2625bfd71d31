import type { TFunction } from 'i18next'
import { ApiError, errorCode } from '#client/api/call.ts'

export type FieldName = 'token' | 'name' | 'email' | 'password'

/** What is wrong with one field, by what the contract's schema found. */
export function wordProblem(t: TFunction<'team'>, name: FieldName, code: string, value: string): string {
  if (name === 'password' && value === '') return t('problem.password')
  if (name === 'password') {
    return code === 'too_big' ? t('problem.passwordLong') : t('problem.passwordShort', { count: [...value].length })
  }
  if (name === 'name' && code === 'too_big') return t('problem.nameLong')
  return t(`problem.${name}`)
}

/** What failed, for the whole form: no field is to blame. */
export function wordFailure(t: TFunction<'team'>, err: unknown): string {
  if (errorCode(err) === 'too_many_requests') return t('failed.tooMany')
  const what = err instanceof ApiError ? t('failed.answered', { status: err.status }) : t('failed.unreachable')
  const id = err instanceof ApiError && err.body.requestId
  return [what, t('entry.kept'), id ? t('failed.request', { id }) : ''].filter(Boolean).join(' ')
}
