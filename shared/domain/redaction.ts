import { z } from 'zod'

/** How far a redacted copy is blurred. There is no "not at all": an original is a reveal, which is recorded. */
export const Strength = z.enum(['soft', 'medium', 'strong'])
export type Strength = z.infer<typeof Strength>

export const Treatment = z.object({ strength: Strength, isGrey: z.boolean() })
export type Treatment = z.infer<typeof Treatment>

/** A treatment as addresses name it. */
export const Look = z.enum(['soft', 'soft-grey', 'medium', 'medium-grey', 'strong', 'strong-grey'])
export type Look = z.infer<typeof Look>

/** What an address without a look means, for ever: browsers keep what they got under it. */
export const plainLook: Look = 'medium-grey'

/** Kinds of harm are the sections of the policy, by their codes; what is unsorted is of none. */
type Kind = string | null

/** Of the two, the more particular holds; where both are as particular, the person's own. */
export type Redaction = {
  own: { general: Treatment | null; byKind: Record<string, Treatment> }
  house: { general: Treatment; byKind: Record<string, Treatment> }
}

export function treatmentOf({ own, house }: Redaction, kind: Kind): Treatment {
  const particular = kind === null ? undefined : (own.byKind[kind] ?? house.byKind[kind])
  return particular ?? own.general ?? house.general
}

export function lookOf({ strength, isGrey }: Treatment): Look {
  return isGrey ? `${strength}-grey` : strength
}

/** The one that shows least of all that may be meant: for what is drawn before its kind is known. */
export function strongestOf({ own, house }: Redaction): Treatment {
  const meant = [own.general ?? house.general, ...Object.values(own.byKind), ...Object.values(house.byKind)]
  const reach = (treatment: Treatment) => Strength.options.indexOf(treatment.strength)
  return {
    strength: meant.reduce((one, other) => (reach(other) > reach(one) ? other : one)).strength,
    isGrey: meant.some(({ isGrey }) => isGrey),
  }
}
