import type { FirstPolicy } from './first-set.ts'

const violence = 'STATEMENT_CATEGORY_VIOLENCE'
const harmfulSpeech = 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH'
const ownTerms = 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC'

/**
 * Violence and hate without a tie to terrorism.
 *
 * Ids, labels, descriptions, signs and limits are those of "Policy taxonomy: violent extremism and terrorist content",
 * version 1 (see `clauses-terrorist.ts`). Measures, and signs and limits where the taxonomy names none, are ours.
 */
export const violenceClauses: FirstPolicy[] = [
  {
    id: 've.threat-person',
    code: '1.2',
    shortName: 'Personal threat',
    severity: 'high',
    versions: [
      {
        label: 'Threat against a person',
        description: 'Threatens a person or their family with violence.',
        signs: ['Address or workplace named'],
        notThis: ['Hyperbole between friends', 'A threat quoted by the person it was made against'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        alert: 'DSA Art. 18',
        dsaCategory: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
        dsaKeywords: ['KEYWORD_CYBER_INCITEMENT'],
      },
    ],
  },
  {
    id: 've.incitement-violence',
    code: '3.1',
    shortName: 'Call to violence',
    severity: 'high',
    versions: [
      {
        label: 'Incitement to violence, not terrorist',
        description: 'Calls for violence without a terrorist aim.',
        signs: ['Call to beat, burn, hunt'],
        notThis: ['Song lyrics, sport and game talk', 'A wish of misfortune without a call'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        dsaCategory: violence,
        dsaKeywords: ['KEYWORD_INCITEMENT_VIOLENCE_HATRED'],
      },
    ],
  },
  {
    id: 've.coordinated-harm',
    code: '3.2',
    shortName: 'Coordinated harm',
    severity: 'high',
    versions: [
      {
        label: 'Coordinated harm',
        description: 'Plans or steers a group to harm, raid or intimidate people offline or online.',
        signs: ['Target list, meeting point, roles'],
        notThis: ['Lawful protest or boycott'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        dsaCategory: violence,
        dsaKeywords: ['KEYWORD_COORDINATED_HARM'],
      },
    ],
  },
  {
    id: 've.victim-content',
    code: '3.3',
    shortName: 'Graphic violence',
    severity: 'high',
    versions: [
      {
        label: 'Victim content and graphic violence',
        description: 'Shows killing, torture, hostage-taking or the dead in a degrading or sensational way.',
        signs: ['Execution footage', 'Bodies as trophy'],
        notThis: ['Awareness or evidence context: then label or restrict by age'],
        usualMeasures: ['Remove the post', 'Restrict the post by age', 'Label the post'],
        dsaCategory: violence,
        dsaKeywords: ['KEYWORD_OTHER'],
      },
    ],
  },
  {
    id: 've.weapons-trade',
    code: '3.4',
    shortName: 'Weapons trade',
    severity: 'high',
    versions: [
      {
        label: 'Weapons trade',
        description: 'Offers or seeks prohibited or restricted weapons or parts.',
        signs: ['Price or contact beside a weapon', 'Files or parts that complete one'],
        notThis: ['Collections, museums and reviews without an offer'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        dsaCategory: 'STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS',
        dsaKeywords: ['KEYWORD_PROHIBITED_PRODUCTS'],
      },
    ],
  },
  {
    id: 've.extremist-ideology',
    code: '3.5',
    shortName: 'Ideology',
    severity: 'low',
    versions: [
      {
        label: 'Extremist ideology without a call',
        description: 'Spreads a violent extremist world-view without inciting, threatening or instructing.',
        signs: ['Core text, lecture, symbol system'],
        notThis: ['Lawful political speech'],
        usualMeasures: ['Restrict the post: demoted', 'Label the post', 'No measure'],
        dsaCategory: ownTerms,
        dsaKeywords: ['KEYWORD_OTHER'],
      },
    ],
  },
  {
    id: 've.borderline-symbol',
    code: '3.6',
    shortName: 'Unclear symbol',
    severity: 'low',
    versions: [
      {
        label: 'Symbol or reference of unclear purpose',
        description: 'Hate or group symbol, coded number, meme, with unclear intent.',
        signs: ['The sign stands beside others of the same group'],
        notThis: ['Religious or historical use of the same sign'],
        usualMeasures: ['Ask for context', 'Label the post', 'No measure'],
        dsaCategory: ownTerms,
        dsaKeywords: ['KEYWORD_OTHER'],
      },
    ],
  },
  {
    id: 've.hate-incitement',
    code: '4.1',
    shortName: 'Hate incitement',
    severity: 'high',
    versions: [
      {
        label: 'Hate speech: incitement on a protected characteristic',
        description:
          'Publicly incites violence or hatred against a group or a member defined by race, colour, religion, descent, national or ethnic origin, or another protected characteristic.',
        signs: ['Dehumanising comparison with a call', 'Slur with a call'],
        notThis: ['Harsh criticism of a religion or state'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        dsaCategory: harmfulSpeech,
        dsaKeywords: ['KEYWORD_HATE_SPEECH'],
      },
    ],
  },
  {
    id: 've.hate-women',
    code: '4.2',
    shortName: 'Against women',
    severity: 'high',
    versions: [
      {
        label: 'Incitement against women',
        description: 'Incites violence or hatred against women (also misogynist extremism).',
        signs: ['Call to punish women for being women', 'Praise of an attack on women'],
        notThis: ['General hate speech: this one takes precedence over it in EU reports'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        dsaCategory: 'STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN',
        dsaKeywords: ['KEYWORD_INCITEMENT_AGAINST_WOMEN'],
      },
    ],
  },
  {
    id: 've.atrocity-denial',
    code: '4.3',
    shortName: 'Atrocity denial',
    severity: 'high',
    versions: [
      {
        label: 'Denial or gross trivialisation of atrocities',
        description:
          'Publicly condones, denies or grossly trivialises genocide, crimes against humanity or war crimes so as to incite.',
        signs: ['Denies what a court has found', 'Mocks the victims as a group'],
        notThis: ['Historical dispute in good faith; law differs by Member State'],
        usualMeasures: ['Remove the post', 'Restrict the post by region'],
        dsaCategory: harmfulSpeech,
        dsaKeywords: ['KEYWORD_HATE_SPEECH'],
      },
    ],
  },
]
