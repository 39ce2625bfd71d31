import type { FirstPolicy } from './first-set.ts'

const harmfulSpeech = 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH'
const cyberViolence = 'STATEMENT_CATEGORY_CYBER_VIOLENCE'
const fraud = 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD'

/** What the taxonomy of violent extremism leaves out: self-harm, hate without a call, abuse, spam, sexual content. */
export const ownClauses: FirstPolicy[] = [
  {
    id: 'harm.self-harm',
    code: '1.3',
    shortName: 'Self-harm',
    severity: 'high',
    versions: [
      {
        label: 'Suicide and self-harm',
        description:
          'Encourages, instructs or praises suicide, self-injury or disordered eating, or shows that a person may be about to harm themselves.',
        signs: [
          'Method, dose or place described',
          'A farewell, a date or a countdown',
          'Tells another person to end their life',
        ],
        notThis: [
          'A person speaks about their own past or recovery',
          'Prevention, help lines and mourning',
          'Exaggeration about work, games or sport',
        ],
        usualMeasures: ['Remove the post when it encourages or instructs', 'Label the post with help', 'Escalate'],
        alert: 'Where a person may be in danger now: the platform’s welfare contact, at once',
        dsaCategory: 'STATEMENT_CATEGORY_SELF_HARM',
        dsaKeywords: ['KEYWORD_SUICIDE', 'KEYWORD_SELF_MUTILATION', 'KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS'],
      },
    ],
  },
  {
    id: 'hate.incitement',
    code: '4.4',
    shortName: 'Hatred',
    severity: 'high',
    versions: [
      {
        label: 'Hatred and exclusion',
        description:
          'Expresses or stirs up hatred of people because of a protected characteristic, or calls to exclude them, expel them or deny them rights. A call to violence comes under 4.1.',
        signs: [
          '“They should not be allowed to …” about a whole group',
          'A crime or a fault of one person laid on all',
          'A wish that a group did not exist',
        ],
        notThis: [
          'A view on migration or social policy that does not deny people equal standing',
          'Boycott of a state or a company',
        ],
        usualMeasures: ['Remove the post', 'Warn the account', 'Limit the account when repeated'],
        dsaCategory: harmfulSpeech,
        dsaKeywords: ['KEYWORD_HATE_SPEECH', 'KEYWORD_DISCRIMINATION'],
      },
    ],
  },
  {
    id: 'hate.dehumanisation',
    code: '4.5',
    shortName: 'Dehumanisation',
    severity: 'high',
    versions: [
      {
        label: 'Dehumanisation',
        description:
          'Denies that people with a protected characteristic are human or equal: compares them with animals, vermin, disease, filth or objects, or claims an inborn moral or mental inferiority.',
        signs: [
          'Animal, pest or illness used as the name of a group',
          'Emoji that stand for such a comparison',
          '“By nature”, “all of them”, “in their blood”',
        ],
        notThis: [
          'A comparison aimed at a single act, party or office',
          'Speech that reports or answers such a comparison (E.2)',
        ],
        usualMeasures: ['Remove the post', 'Warn the account', 'Limit the account when repeated'],
        dsaCategory: harmfulSpeech,
        dsaKeywords: ['KEYWORD_HATE_SPEECH'],
      },
    ],
  },
  {
    id: 'hate.slur',
    code: '4.6',
    shortName: 'Slur',
    severity: 'medium',
    versions: [
      {
        label: 'Slur',
        description: 'Attacks a person or a group with a slur on a protected characteristic.',
        signs: ['Slur addressed to somebody', 'Slur disguised by digits, spaces or letters of another script'],
        notThis: ['The same word in another sense'],
        usualMeasures: ['Remove the post', 'Warn the account'],
        dsaCategory: harmfulSpeech,
        dsaKeywords: ['KEYWORD_HATE_SPEECH'],
      },
      {
        label: 'Slur',
        description: 'Attacks a person or a group with a slur on a protected characteristic.',
        signs: ['Slur addressed to somebody', 'Slur disguised by digits, spaces or letters of another script'],
        notThis: [
          'The same word in another sense',
          'A word that its own group has reclaimed, used by a member',
          'The word quoted, taught or discussed',
        ],
        usualMeasures: ['Remove the post', 'Warn the account'],
        dsaCategory: harmfulSpeech,
        dsaKeywords: ['KEYWORD_HATE_SPEECH'],
        change: 'Names reclaimed and quoted use as not meant',
      },
    ],
  },
  {
    id: 'abuse.insult',
    code: '5.1',
    shortName: 'Insult',
    severity: 'low',
    versions: [
      {
        label: 'Insult',
        description:
          'Attacks a person with contempt, mockery or obscene language, without reference to a protected characteristic.',
        signs: [
          'Addressed to a user, a named person or the moderator',
          'Nothing but the attack: no argument, no subject',
        ],
        notThis: [
          'Profanity without a target',
          'Harsh criticism of work, of a product or of a public office',
          'Banter both sides take part in',
        ],
        usualMeasures: ['Label the post', 'Restrict the post: demoted', 'Warn the account when repeated'],
        dsaCategory: cyberViolence,
        dsaKeywords: ['KEYWORD_CYBER_BULLYING_INTIMIDATION'],
      },
    ],
  },
  {
    id: 'abuse.harassment',
    code: '5.2',
    shortName: 'Harassment',
    severity: 'medium',
    versions: [
      {
        label: 'Harassment',
        description:
          'Pursues a person: repeated or joint attacks, unwanted sexual remarks, publishing private data to expose them, or contact after being told to stop.',
        signs: [
          'Several posts, or several accounts, against one person',
          'Address, telephone number or workplace of a private person',
          'Sexual remark to somebody who did not ask for it',
        ],
        notThis: ['One rude answer: 5.1', 'Reporting on the public conduct of a public person'],
        usualMeasures: ['Remove the post', 'Warn the account', 'Limit the account when repeated'],
        dsaCategory: cyberViolence,
        dsaKeywords: ['KEYWORD_CYBER_HARASSMENT', 'KEYWORD_CYBER_STALKING'],
      },
    ],
  },
  {
    id: 'spam.unsolicited',
    code: '6.1',
    shortName: 'Spam',
    severity: 'low',
    versions: [
      {
        label: 'Unsolicited bulk messages',
        description:
          'Sends the same or nearly the same message to many who did not ask for it, or inflates reach by deceit.',
        signs: [
          'The same text in many places within minutes',
          'Advertising without connection to where it stands',
          'Bought or exchanged followers, likes and reviews',
        ],
        notThis: ['A newsletter the recipient ordered', 'One person who shares one link with friends'],
        usualMeasures: ['Restrict the post: disabled', 'Limit the account'],
        dsaCategory: 'STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE',
        dsaKeywords: ['KEYWORD_OTHER'],
      },
    ],
  },
  {
    id: 'spam.scam',
    code: '6.2',
    shortName: 'Scam',
    severity: 'medium',
    versions: [
      {
        label: 'Scam and fraud',
        description: 'Deceives to obtain money, access or personal data.',
        signs: [
          'Certain or sudden profit promised',
          'Asks for a password, a code or a payment in advance',
          'Link that imitates another site',
        ],
        notThis: ['Exaggerated but honest advertising', 'A warning about a scam that shows it'],
        usualMeasures: ['Remove the post', 'Block the account'],
        dsaCategory: fraud,
        dsaKeywords: ['KEYWORD_PHISHING', 'KEYWORD_PYRAMID_SCHEMES'],
      },
    ],
  },
  {
    id: 'sexual.adult',
    code: '7.1',
    shortName: 'Adult content',
    severity: 'medium',
    versions: [
      {
        label: 'Sexual content with adults',
        description:
          'Shows or describes sexual acts or nudity meant to arouse, where the platform does not allow it or without the age limit it needs.',
        signs: ['Sexual act shown', 'Offer of sexual services', 'Solicitation of intimate pictures'],
        notThis: ['Health, breastfeeding, art and sex education', 'A conversation about sexuality'],
        usualMeasures: ['Restrict the post by age', 'Remove the post'],
        dsaCategory: 'STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT',
        dsaKeywords: ['KEYWORD_ADULT_SEXUAL_MATERIAL', 'KEYWORD_NUDITY'],
      },
    ],
  },
  {
    id: 'sexual.minors',
    code: '7.2',
    shortName: 'Child abuse',
    severity: 'critical',
    isRestricted: true,
    versions: [
      {
        label: 'Child sexual abuse',
        description:
          'Shows, offers, asks for or praises the sexual abuse of children, sexualises a child or prepares contact for it.',
        signs: [
          'Matches a hash of known abuse material',
          'Sexual remark about a child',
          'Secret contact sought with a child',
        ],
        notThis: ['A survivor’s account', 'Everyday family photographs'],
        usualMeasures: ['Remove the post', 'Terminate the account', 'Preserve the evidence', 'Escalate'],
        alert: 'Do not open or copy the media. The legal contact reports it at once: DSA Art. 18 and national law',
        dsaCategory: 'STATEMENT_CATEGORY_PROTECTION_OF_MINORS',
        dsaKeywords: ['KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL', 'KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS'],
      },
    ],
  },
]
