/**
 * What senders say, and the clause a review starts with. A hint, never a decision: codes that fit several clauses name
 * the commonest. Codes that say nothing (`other`, `none`) are left out on purpose: what maps to none is unsorted.
 */
const byClause: Record<string, string[]> = {
  'tve.threat-to-life': ['threat_to_life', 'imminent_threat', 'tcap.1'],
  'tve.perpetrator-content': ['perpetrator_content', 'manifesto', 'livestreamed_attack', 'tcap.2'],
  'tve.incitement': ['terrorism', 'terrorist_content', 'incitement_to_terrorism', 'tco.a', '2(7)(a)'],
  'tve.glorification': ['extremism', 'violent_extremism', 'glorification', 'praise_of_terrorism'],
  'tve.solicitation': ['solicitation', 'tco.b', '2(7)(b)'],
  'tve.recruitment': ['recruitment', 'tco.c', '2(7)(c)'],
  'tve.instruction-weapons': ['bomb_making', 'weapons_instruction', 'tco.d', '2(7)(d)'],
  'tve.threat': ['terrorist_threat', 'tco.e', '2(7)(e)'],
  'tve.official-propaganda': ['propaganda', 'terrorist_propaganda', 'tcap.3'],
  'tve.supporter-media': ['supporter_media', 'tcap.4'],
  'tve.entity-presence': ['terrorist_organisation', 'banned_organisation', 'dangerous_organisation'],
  'tve.financing': ['terrorist_financing'],
  've.threat-person': ['threat', 'threats', 'death_threat'],
  've.incitement-violence': ['violence', 'violent', 'incitement_to_violence', 'violent_speech'],
  've.coordinated-harm': ['coordinated_harm', 'raid'],
  've.victim-content': ['graphic', 'graphic_violence', 'gore', 'graphic_content'],
  've.weapons-trade': ['weapons', 'weapons_trade', 'illegal_goods', 'prohibited_sales'],
  've.hate-women': ['misogyny', 'hate_against_women'],
  've.atrocity-denial': ['holocaust_denial', 'atrocity_denial'],
  've.borderline-symbol': ['hate_symbol', 'symbol'],
  'harm.self-harm': ['self_harm', 'self-harm', 'suicide', 'eating_disorder'],
  'hate.incitement': ['hate', 'hate_speech', 'hate-speech', 'hateful', 'hateful_conduct', 'discrimination', 'racism'],
  'hate.dehumanisation': ['dehumanisation', 'dehumanization'],
  'hate.slur': ['slur', 'slurs'],
  'abuse.insult': ['insult', 'offensive', 'profanity', 'toxicity', 'rude'],
  'abuse.harassment': ['abuse', 'abusive', 'harassment', 'bullying', 'doxxing', 'doxing', 'stalking'],
  'spam.unsolicited': ['spam', 'unsolicited', 'advertising', 'bot'],
  'spam.scam': ['scam', 'fraud', 'phishing', 'scam_or_fraud'],
  'sexual.adult': ['sexual', 'sexual_content', 'nudity', 'adult', 'porn', 'pornography'],
  'sexual.minors': ['csam', 'csae', 'child_abuse', 'child_safety', 'grooming'],
}

/** `com.atproto.moderation.defs#` and `tools.ozone.report.defs#`, without the word `reason` before each. */
const atprotoOld: Record<string, string> = {
  Spam: 'spam.unsolicited',
  Misleading: 'spam.scam',
  Sexual: 'sexual.adult',
  Rude: 'abuse.insult',
}
const atproto: Record<string, string> = {
  ViolenceThreats: 've.threat-person',
  ViolenceGraphicContent: 've.victim-content',
  ViolenceGlorification: 'tve.glorification',
  ViolenceExtremistContent: 'tve.glorification',
  ViolenceOther: 've.incitement-violence',
  SexualNCII: 'abuse.harassment',
  SexualUnlabeled: 'sexual.adult',
  SexualOther: 'sexual.adult',
  ChildSafetyCSAM: 'sexual.minors',
  ChildSafetyGroom: 'sexual.minors',
  HarassmentTroll: 'abuse.insult',
  HarassmentTargeted: 'abuse.harassment',
  HarassmentHateSpeech: 've.hate-incitement',
  HarassmentDoxxing: 'abuse.harassment',
  HarassmentOther: 'abuse.harassment',
  MisleadingBot: 'spam.unsolicited',
  MisleadingSpam: 'spam.unsolicited',
  MisleadingScam: 'spam.scam',
  RuleProhibitedSales: 've.weapons-trade',
  SelfHarmContent: 'harm.self-harm',
  SelfHarmED: 'harm.self-harm',
  SelfHarmOther: 'harm.self-harm',
}

/** Categories that a DSA notice may allege. */
const dsa: Record<string, string> = {
  RISK_FOR_PUBLIC_SECURITY: 'tve.glorification',
  VIOLENCE: 've.incitement-violence',
  CYBER_VIOLENCE: 'abuse.harassment',
  CYBER_VIOLENCE_AGAINST_WOMEN: 've.hate-women',
  ILLEGAL_OR_HARMFUL_SPEECH: 'hate.incitement',
  SELF_HARM: 'harm.self-harm',
  SCAMS_AND_FRAUD: 'spam.scam',
  PORNOGRAPHY_OR_SEXUALIZED_CONTENT: 'sexual.adult',
  PROTECTION_OF_MINORS: 'sexual.minors',
}

/** Sender's code to clause, for every sender (`source_name` is empty). */
export const firstReasonCodes: [code: string, policyId: string][] = [
  ...Object.entries(byClause).flatMap(([id, codes]) => codes.map((code): [string, string] => [code, id])),
  ...Object.entries(atprotoOld).map(([name, id]): [string, string] => [
    `com.atproto.moderation.defs#reason${name}`,
    id,
  ]),
  ...Object.entries(atproto).map(([name, id]): [string, string] => [`tools.ozone.report.defs#reason${name}`, id]),
  ...Object.entries(dsa).map(([name, id]): [string, string] => [`STATEMENT_CATEGORY_${name}`, id]),
]
