import { AppError } from '#server/http/errors.ts'

/** @throws AppError `too_many_held` when somebody holds as many as anybody may */
export function requireRoom(held: number, cap: number): number {
  if (held < cap) return cap - held
  throw new AppError('too_many_held', `${held} reviews are held already, and ${cap} is the most.`)
}
