const splitWords = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that sound like a stop word, or like a part of one. */
export const CONFUSABLE_WORDS = splitWords(`
  top tops drop drops shop shops step steps stock stocks stuff staff stab stub stump stamp start state stack stuck star store
  stay still stand stool stout spot spots sharp up hop pop mop cop crop chop swap strop stoop stoke stone stalk stark
  hold hall hole hot hat hut heart hauled called salt fault alt malt bolt colt vault walt hello help held halter alter all
  old haul hurt hunt host holt built belt melt cult result exalt assault default
  please free three trees breeze fries priest cheese squeeze fees feed freed freak friend frame phrase phase peace piece
  these knees seize keys tease peas bees release increase degrees threes flees fleece grease breathe friday fresh
  urgency agency energy emerge merge emerging merchant imagine agenda currency surgeon submerge insurgency
  about above board aboard report airport support boat apart afford abroad port court sport export a bought alert
`);

/** The most frequent words of spoken English. */
export const COMMON_WORDS = splitWords(`
  the of and to in i you it is was that there have what when we they he she this with for on at by from not but are be or as
  his her its our their my your all can could will would should may might must do did does done has had been were one two three
  four five six seven eight nine ten first last next other another some any no more most much many few little big small good
  bad new old long short high low right left up down here where who why how which then than so if because after before again
  over under out off into through between about around go going went come came get got give take took make made see saw look
  know think say said tell ask want need like put let keep turn move open close pick place red blue green yellow cube block
  box tray table hand arm robot gripper camera wrist slowly faster home back time day week year night morning people man woman
  child friend house door room car road water food coffee work school city country world book paper letter number story music
  game money name word line side end part place thing way eye head face life really very just only also still even never
  always maybe today tomorrow yesterday
`);
