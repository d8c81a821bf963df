/**
 * Words that no demonstration used, by what they may mean: one meaning or several, the likeliest first.
 * Made by `python training/language/prior.py`; do not edit.
 */
export const WORD_PRIOR: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  colour: {
    blue:
      'acylation aerobic agglutination amylolysis anaerobic aqua aquamarine army asphalt baltimore blot ' +
      'bluefish blueing blueish blueness blues bluestocking bluing bluish bob bobbysoxer booby ' +
      'calcification cassite cassocked catalysis celtic cement cerebral cerulean chelation chlorination ' +
      'citation cite claustrophobia cleavage cleft cloud clouded cloudy coast cobbler cop coping corroding ' +
      'corrosion crack cracked cracking crafter crafty crag craved craven crazy cure deamination ' +
      'deaminization desalination desalinisation desalinization digestion disobedience disobedient ' +
      'dissociation doorknob erosion exalted fermenting fleet fluoroboride foppish forceful gasification ' +
      'gassing gobble heavens heavy hobble hobby hydrogenation inversion iodination knob lazuline marine ' +
      'mechanism military mob moblike naval navel navigation nay nitrification nun obedient obligated ' +
      'obligation obnoxious peptisation peptization philippic philippines photosynthesis polymerisation ' +
      'polymerization proteolysis pyrochemistry reaction sail sailing sailor sausage saute saver sawhorse ' +
      'sequestration ship shipbuilding shipment shipshape shipwreck sire slippage sloppy snobbish squad ' +
      'squadron submarine synaeresis syneresis synthesis transamination turquoise ultramarine unobtainable ' +
      'virtual wavy weight zymolysis zymosis',
    green:
      'abiogenesis alive animated autogenesis autogeny betel bioelectricity blade blockade blockading ' +
      'brigade cataphyll chartreuse circulation crusade cyclosis decay dehiscence desquamation diapedesis ' +
      'dime dinnertime dominance emergence emergency emeritus energy environment environmental escapade ' +
      'exfoliation facade facilitation foliage frond gladiator greenery greenhouse greening greenish ' +
      'greenishness greenland greenness greenroom grenade halftime herald heraldic heterogenesis homemade ' +
      'hydrocarbon inadequacy inadequate jab jabbing jaded jagged jam jamaican jangle jangling jansenist ' +
      'jar jarring jaw jazzy jejunum jelly jerk jerking jest jesuit jesus jet jetting jew jeweled jeweler ' +
      'jibe jig jilt jimdandy jimmy jingle jingling jive jockey jocose jocular jog joggle john jolly jolt ' +
      'jolted joss jot joust jovial jowl judaism juju jumble jumbled jumpy june jungian junk junkyard ' +
      'jupiter jutting leaflet lens livable live living lunatic marmalade mimesis mortal mortification oat ' +
      'oath oblivion oven pad pantomime parade pastime peeling permanent pleomorphism polymorphism prime ' +
      'primeval rajah recuperative regeneration rejection rejuvenation renewing restoration restorative ' +
      'revitalising revitalizing reviving rosette scale serenade shade shaded shading shedding slime spade ' +
      'sporophyl sporophyll stockade streaming sublime sunshade survival surviving survivor teal verdure ' +
      'viridity wade xenogenesis',
    'green yellow': 'leaf leafage leafy',
    orange:
      'acerbity acerola achene ackee acorn akee alizarin alizarine amenable amended ammo amorous amusement ' +
      'ananas annon antioxidant apple banana berlin berry berth bister bistre blackberry blubber bole ' +
      'bomber bosc boxberry boysenberry breadfruit briber caliber canistel capitulum capulin carambola ' +
      'carotene carotenoid ceriman ceruse chlorofucin chlorophyl chlorophyll chlorophyllose chlorophyllous ' +
      'citrange citron citrous clamber clementine cling clingstone clobber crabapple cubeb danger dangerous ' +
      'dewberry drupe durian eggfruit elderberry extant extrapolation fiber fig flavonoid flavor flavour ' +
      'food freestone fruit fruiterer fruitful fruitlet garambulla genip genipap gourd granadilla grape ' +
      'grapefruit grapey grapy guanabana guava habitat hackberry haem haemitin haemosiderin hagberry harm ' +
      'hematin heme hemosiderin ilama incline insecticide iodopsin jabber jaboticaba jack jackfruit jak ' +
      'ketembilla kitambilla kitembilla kumquat lake lansa lansat lanseh lanset litchee litchi loganberry ' +
      'longanberry loquat lutein lychee lycopene mamey mammee mango mangosteen medlar melon mineral mombin ' +
      'mulberry muscadine muskmelon nectarine neoliberal orangeness orangish oxide papaw papaya pawpaw pear ' +
      'photopigment phycobilin phycocyanin phycoerythrin phytochemical pigment pigmentation pineapple ' +
      'piquance piquancy piquantness pitahaya plum plumcot pod pome pomegranate pomelo porphyrin prison ' +
      'produce protoheme prune pseudocarp pulasan pulassan pyxidium pyxis quandang quandong quantong quince ' +
      'raisin rambotan rambutan raspberry retinal retinene reverberation rhodopsin ride robber robbery ' +
      'rosehip rowanberry rubber rubberlike rubbery safeguard sapidity sapodilla sapota sapote saskatoon ' +
      'satsuma savor savour schizocarp schoolmate seckel seed seedpod shadberry shaddock shine shrubbery ' +
      'siberia sienna smack sober sobering somber sorb sour sourish sourness soursop spike stranger ' +
      'strawberry sugarberry sweetsop syncarp tactic tactual taffy taint taiwan talismanic tallow tally ' +
      'tamarind tamarindo tang tangelo tanginess tangle tango tangy tantalizing taped tartness tat taunt ' +
      'taut tending tennessee tensional threat threatened threatening tide tidewater tiger tiled timber ' +
      'timbered tine tingle tingling tint tipped tiring titania titer tory tray tread tremor tsh tuck twine ' +
      'tyrosine ubermensch ugli veg vegetable veggie verdigris watercolor watercolorist watercolour ' +
      'watercolourist watermelon windfall xanthophyl xanthophyll zeaxanthin',
    'orange blue': 'nip',
    'orange green': 'anjou greengage lichee lichi',
    'orange purple': 'aguacate icaco',
    'orange red': 'cherimolla cherimoya chokecherry damson marang marasca',
    'orange yellow': 'citrus leechee lemonlike lemony monstera persimmon',
    purple:
      'abelia abelmosk acapulco ailment algarroba allspice althaea althea amatungulu amorpha ample ' +
      'andromeda anil annihilating aralia arbutus artemisia avaram avens axseed balzac banksia barbasco ' +
      'barilla bartender basophilic bath bathing bathrobe bearwood belvedere bespectacled bevy bignoniad ' +
      'bivouac blackthorn blolly bloodleaf boil bourtree boxthorn boxwood bramble branchy briar brier broil ' +
      'broom buckthorn buddleia bugbane buildup burdock bush bushy calliandra caltrop camelia camellia ' +
      'candelilla candleberry candlewood cannabis caper capsicum caragana carissa carpenteria casava ' +
      'cascarilla cassava cayenne centaury chaffweed chanal chanar chaparral checkerbloom cheese ' +
      'cheeseflower chittamwood chittimwood christmasberry cilium cinquefoil cirio clianthus clotbur ' +
      'coachwhip coca coil coloradillo columnea combretum corchorus corkwood coronilla cotoneaster cotton ' +
      'coville cowage crampbark cranberry creashak croton crumpled cube cupflower currant cyrilla daffodil ' +
      'daisybush danewort daphne debilitating decumary defender depletion derris deutzia dhal diapensia ' +
      'dilapidated diligence dilution disciple displeased displeasure dombeya dyeweed eglantine ' +
      'eosinophilic epacris ephedra erica eringo eriogonum eryngo estragon expletive farkleberry feijoa ' +
      'fender fetterbush figwort firethorn flail flannelbush foil forestiera forsythia fothergilla frail ' +
      'frangipani frangipanni frostweed frostwort fruticose fruticulose furnace furze ganja gardenia gari ' +
      'gastrolobium geebung gender germander gesneriad glasswort gorse greasewood grevillea guayule hamelia ' +
      'haw hawthorn heath hediondilla helianthemum hemp hibiscus hilarious hillock hilum hollygrape ' +
      'hollyhock honeybells honeyflower honeypot honeysuckle horsebean hortensia hovea howl hyacinth ' +
      'hydrangea hydrophilic immaculate impending inaccuracy inaccurate japonica jasmine jellyleaf ' +
      'jessamine joewood jonquil juneberry juniper kali kalmia kapuka kelpwort konini lambkill lament ' +
      'lamentation lane lavatory lavish leadplant leadwort leatherwood lentil lentisk lespedeza leucothoe ' +
      'lignosae lilt ling lomatia loosestrife lupin lupine madrona madrono mahuang maikoa makomako mallow ' +
      'malope mandioc mandioca manioc manzanita marguerite marihuana marijuana marlberry mastic matchbush ' +
      'matchweed mauve may mayflower mayhaw medication melilot melilotus mesquit mesquite milkweed milkwort ' +
      'milliliter mimosa minniebush moorwort moosewood mucuna multiflora multilateral muskwood mutisia ' +
      'naboom naranjilla needlebush needlewood nihilism nihilistic ocotillo offender oil oilcloth oilfield ' +
      'oleaster oleophilic othonna pachouli pachysandra paloverde papooseroot paprika patchouli patchouly ' +
      'pavonia pepper peril perilous periwinkle pestilential phalsa pharmacist philadelphus phlomis pichi ' +
      'pimento pimiento pimple pinwheel pixie pixy pleural poinciana poinsettia privet protea puckerbush ' +
      'puka pupil pure purge purification purity purpleness purplish purport purse purveyor pyracanth ' +
      'pyracantha pyxie quadruple rabbiteye raetam ramontchi rauvolfia rauwolfia ravenala recoil restharrow ' +
      'retem rhododendron rockrose rooibos ropebark rosebay rosebush sabicu sagebrush salal salamander ' +
      'saltbush saltwort saracen screwbean scrub senna sex shadblow shadbush shallon shittim shittimwood ' +
      'shrub shrubby shumac sicklepod silverbush silversword similitude skunkbush slender sloe snakewood ' +
      'snowbell soapweed spectacular spicebush spindleberry spiraea spirea spleen spurge squawbush ' +
      'squawroot staggerbush statice steeple stephanotis sticktight strophanthus styrax subshrub subsoil ' +
      'suffrutex sulla sumac sumach sunrose sweetbriar sweetbrier syringa tagasaste tamarillo tamarisk ' +
      'tanglebush tarragon tea teacart thiouracil thrift toil tollon topsoil tornillo toyon tranquil ' +
      'tranquilizer tree tumbleweed turmoil twilight twinflower twistwood ultraviolet unaccompanied ' +
      'undershrub undiluted unilateral unpleasant unventilated utensil vapor velvetleaf velvetweed velvety ' +
      'vending verisimilitude vernal vet viability viable viand vicious vigilance vigilantism vigor ' +
      'vigorous vindication vintage violation violin violinist virile viyella voltage voter voting wahoo ' +
      'waratah wartweed wartwort waxflower waxmallow weigela whin whitethorn whortleberry wicopy woadwaxen ' +
      'woodbine woodruff woodwaxen wormwood xylosma',
    'purple blue': 'azalea blueberry catclaw',
    'purple green': 'greenweed jalapeno jewbush jujube nightshade wintergreen',
    'purple orange':
      'barberry bayberry bearberry bilberry blaeberry checkerberry coffeeberry coralberry cowberry ' +
      'crowberry dangleberry deerberry foxberry gooseberry groundberry grouseberry huckleberry lingberry ' +
      'lingenberry lingonberry maleberry mealberry sandberry serviceberry silverberry sparkleberry ' +
      'spiceberry twinberry waxberry whinberry wineberry',
    'purple red': 'bryanthus jimsonweed mezereon redberry shrublet teaberry',
    'purple yellow': 'dahl goldenbush leatherleaf silverweed yucca',
    red:
      'abnormalcy abnormality abscess abscissa acapnia acathexia acetonemia acetonuria ache aching ' +
      'achromasia acrocyanosis add addiction adenitis adhd adust aftereffect agalactia agalactosis agaric ' +
      'aggravation agitation agreeability agreeableness ague alamo albuminuria alkalinuria alkaluria ' +
      'aloneness alveolitis amenia amenorrhea amenorrheal amenorrheic amenorrhoea amenorrhoeal amenorrhoeic ' +
      'amyotrophia amyotrophy amyxia anaemia anaemic anaesthesia analgesia ancestry anemia anemic ' +
      'anesthesia anestrum anestrus angiitis angioma angiopathy anhidrosis anhydrosis anicteric anoestrum ' +
      'anoestrus aortitis apnea apparent appendicitis areflexia arousal arrest arteritis arthralgia ' +
      'asphyxia assassination asymmetry atrophy aura autism awry babinski bagascosis bagassosis balanitis ' +
      'balletomane battue bay belch belching belfry benumbed bichrome bicolor bicolored bicolour bicoloured ' +
      'blackened blackface blepharitis blepharospasm blewits bloat blockage blondness blood bloodbath ' +
      'bloodiness bloodletting bloodshed bloodstained bloodstream bloodsucking bloodthirsty bloody bloom ' +
      'blush blusher bouncing bowelless breathless breathlessness bronzed browned bubo bubonic buffoon ' +
      'bummer bunion burgundy burma burn burning burp burping bursitis butcher butcherly butchery ' +
      'calculating calculative calico callosity callousness callus calm calmness canon canyonside cardinal ' +
      'cardiomegaly carditis carmine carnage cartoon cartoonist catamenia catarrh catarrhal causalgia ' +
      'cellularity cellulitis cephalitis cerise cervicitis chantarelle chanterelle cheloid cherished chill ' +
      'chiralgia chloasma cholangitis cholecystitis choler chorditis chyle cicatrice cicatrix circuitry ' +
      'claret clubbing coagulate coagulated cocoon colic colitis colloidal colored colorful coloured ' +
      'colpitis colpocystitis come commotion complexion composure condition confusion congestion ' +
      'conjunctivitis conniving consonant consonantal constipation corditis coryza costalgia coughing ' +
      'coupon cramp crick crime criminal criminality cruelness cruelty cryptobiosis cum curdled cutthroat ' +
      'cutting cyanosis dacryocystitis declension declination decline dependance dependence dependency ' +
      'depredation deterioration diagnostic diarrhea diarrheal diarrheic diarrhetic diarrhoea diarrhoeal ' +
      'diarrhoeic diarrhoetic dichromatic difficult discomposure discord disgorgement disorder ' +
      'disorderliness disposition disproof disruption disruptive distension distention distress disturbance ' +
      'diuresis diverticulitis dizziness dizzy dowry dried dropsy dry drygoods dryness duskiness dusky ' +
      'dyschezia dysmenorrhea dyspepsia dyspnea dyspneal dyspneic dyspnoea dyspnoeal dyspnoeic ecf edema ' +
      'edged ejaculate elastosis emesis emmetropia enanthem enanthema encephalitis endarteritis ' +
      'endocarditis endocervicitis endolymph endometritis enlargement enteritis eosinopenia eosinophilia ' +
      'epicondylitis epicurism epididymitis epiglottitis episcleritis equanimity eructation eruption ' +
      'esophagitis estrus evidence evident evidential evidentiary exanthem exanthema exophthalmos eyeliner ' +
      'eyeshadow faint fairish fairness falsification fart farting fas febricity febrile febrility ' +
      'fecundity felicity felon ferment fermentation ferocity ferry fertility festering festination fever ' +
      'feverish feverishness feverous fibromyositis fibrositis fierce fierceness filicide fit flatulence ' +
      'flatulency flatus flaxen flection flexion flexure floater florid flurry flush flushed flutter ' +
      'folliculitis formication founder foundry fructosuria fry funiculitis furiousness furring furry fury ' +
      'fuschia gadgetry gang gangster gas gastritis gem gentry gestation giddiness giddy ginger gingery ' +
      'glossalgia glossitis glossodynia glow glucosuria glycosuria goosebump gooseflesh gore gory ' +
      'gourmandism graphospasm greasepaint grim gripes griping grizzled grounds grume grumose grumous gulp ' +
      'gulping habituation haematocele haematocoele haematocyturia haematuria haemoptysis haemorrhoid ' +
      'haemosiderosis haemothorax hale haleness hard hardened hardening hardhearted hardness harsh ' +
      'harshness hatred healing health healthiness healthy heartburn heartlessness hearty hematocele ' +
      'hematocoele hematocyturia hematuria hemoglobinemia hemoglobinuria hemoptysis hemorrhoid ' +
      'hemosiderosis hemothorax hiccough hiccup homicidal homicide honeymoon hostelry hudson humoral hurry ' +
      'hurrying hurtful hurting husbandry hydrarthrosis hydrophobia hydrops hydrothorax hyperaemia ' +
      'hypercalcaemia hypercalcemia hypercalciuria hypercapnia hypercarbia hyperemia hyperglycaemia ' +
      'hyperglycemia hyperkalemia hyperlipaemia hyperlipemia hyperlipidemia hypermenorrhea hypernatremia ' +
      'hyperpyrexia hypersplenism hyperthermia hyperthermy hypocalcaemia hypocalcemia hypocapnia ' +
      'hypoglycaemia hypoglycaemic hypoglycemia hypoglycemic hypokalemia hyponatremia hypothermia ichor ' +
      'icteric icterus ileitis ill implacable inclemency inclement indigestion indigo inexorability ' +
      'inexorable inexorableness infertility infestation inflammation inflammatory information infrared ' +
      'inhumaneness inhumanity insensibility insensitive instability internecine intoxication intumescence ' +
      'intumescency intumescent iridocyclitis iridokeratitis iridoncus iritis irregularity jacksonian ' +
      'jaundice jaundiced jejunitis jejunoileitis juice jump kaliuresis kaluresis karyolymph keloid ' +
      'keratalgia keratitis keratoiritis keratomalacia kerfuffle kernicterus ketoaciduria ketonemia ' +
      'ketonuria ketosis kindness kindred kinetosis kohl kraurosis labyrinthitis laminitis laryngitis lax ' +
      'lifeblood lightheaded lipaemia lipemia lipidaemia lipidemia lipoidaemia lipoidemia lipstick ' +
      'liquidation liver lividity lividness lobscuse lochia loneliness lonesomeness looseness lump lusty ' +
      'lymph lymphadenitis lymphangitis lymphuria lynching madder makeup malign manifest manslaughter mar ' +
      'marathon marble marbleized marbleizing marbles maria marital mariticide marriage married marrow ' +
      'marrowbone marsh marshal marvel marvelous marxist mascara masonry massacre mastalgia mastitis ' +
      'mastoiditis maternity mbd megalocardia melagra melancholy melasma meningism meningitis menorrhagia ' +
      'menorrhea menses menstruation menstruum meralgia merciless mercilessness merry merrymaking metralgia ' +
      'metritis milk milkcap mimicry miosis monochromatic monochrome monochromic monochromous moodiness ' +
      'moon morale motley multicolor multicolored multicolour multicoloured murder murderous murderousness ' +
      'murmur muscularity mushroom myalgia myasthenia mydriasis myelitis myocarditis myoclonus myodynia ' +
      'myoglobinuria myometritis myosis myositis nameko natriuresis natriuretic nausea nauseated nauseous ' +
      'nebula nebular nephralgia nephrosis nervousness neuralgia neuralgy neuritis nightmarish nordic ' +
      'normothermia numb numbness nutbrown obstipation obstruction ochronosis odynophagia oedema ' +
      'oesophagitis oestrus oligospermia oliguria oophoritis ophthalmia ophthalmitis opisthotonos ' +
      'orchidalgia orchitis orthopnea oscheocele oscheocoele osteitis osteomyelitis otitis outcry ovaritis ' +
      'pain painted painting paleness pallidness pallor palpable palpitation palsy pancarditis pancreatitis ' +
      'pang pansinusitis paraesthesia parametritis paresthesia parotitis parry parson parsonage ' +
      'particolored particoloured patent pathology periarteritis pericarditis peritonitis permissiveness ' +
      'pessimism phalangitis phlebitis photalgia photophobia phrenitis physicality picture pied piles ' +
      'pinkeye plain pleuralgia pleurodynia pms pneumonitis pockmark podalgia poisoning pollinosis ' +
      'polyarteritis polychromatic polychrome polychromic polymyositis polyneuritis posthitis potence ' +
      'potency pregnancy proctalgia proctitis prodroma prodromal prodrome prodromic proof prostatitis ' +
      'proteinuria pseudocyesis psychical puffiness puffy puking pun punishment punitive punster pus pussy ' +
      'pyrectic pyrexia pyrosis pyuria qualm quartan queasiness queasy rachitic rachitis radiance radiation ' +
      'radiculitis rage rale rash rattle rattling rawness redcoat reddened reddish redheaded redheader ' +
      'rediscovery redness redoubled redoubtable redress reduction reflex reflexive refutation ' +
      'regurgitation relentless relentlessness remorseless response retinitis revelry rhinitis rhinorrhea ' +
      'rick rickets rickety rigor rigorousness rigour rigourousness riot rioting riotous roan robust ' +
      'roseola rosiness rosy rouge rowdiness rowdyism rubicund rubor ruddiness ruddy rusted rut ruthless ' +
      'ruthlessness sallow sallowness saloon salpingitis sandy sanguinary sanguine sanguineous sanies scab ' +
      'scamper scan scant scanty scar scarce scarcity scare scared scarf scarred scathing scatter scavenger ' +
      'scent scented scheming scimitar scleritis scoff scoffing scorch scorched scorching scoreless scores ' +
      'scot scotchman scotland scoundrel scour scoured scourge scouring scours scout scouting scowl ' +
      'scraggly scrap scrape scraping screech screeching scud scurry scurrying secretion sedation semen ' +
      'sentry serum severeness severity shaggymane sherry shiver shivering shock shooting shred shrewd ' +
      'sialadenitis sick sickish sickly sickness singultus sinusitis skeletal slaughter slaughterous ' +
      'slaying sleep slumber smart smarting smartness sneeze sneezing sneezy solitariness son sonar sonnet ' +
      'sonny sonority sonorous sopor soreness sound spasm spermatocele splenitis spondylitis spoon spoonful ' +
      'spots squeamishness sspe start startle steatorrhea steely sterility stern sternutation stetson sting ' +
      'stinging stitch stomatitis stonyhearted stormy stridor strife strychnine stuffiness sturdiness ' +
      'succus sultry sundry suntanned suppuration swart swarthiness swarthy sweet swelling swoon swooning ' +
      'symptom symptomatic syndrome synovitis tabes tanned tapestry tarry temperament temperamental ' +
      'tempestuous tenderness tendinitis tendonitis tendosynovitis tenesmus tenonitis tenosynovitis ' +
      'thermalgesia throb thrombocytosis thuggee thyroiditis tigerish toadstool tolerance tonsillitis ' +
      'torment torpidity torpor torture towheaded tracheitis track trail treachery tremble trichiniasis ' +
      'trichinosis trichromatic trichrome tricolor trismus troubled tss tumescent tumid tumidity tumidness ' +
      'tumult tumultuous tumultuousness turbulence turbulent turgid twitch twitching tympanitis ulalgia ' +
      'ulitis unappeasable undiminished unfeeling unfeelingness unforgiving unfriendliness unhealthy unkind ' +
      'unkindly unkindness unmerciful unmercifulness unmistakable unmitigable unpitying unpredictable ' +
      'unquiet unrelenting unrest unscathed unsociability unsociableness unsparing unsympathetic unwilling ' +
      'unwillingness upheaval uproar upset uratemia uraturia ureteritis urodynia uveitis uvulitis uxoricide ' +
      'vaccination vaginitis valvulitis varicolored varicoloured vasculitis vehemence vellication ' +
      'vertiginous vertigo vesiculitis vim vitalisation vitality vitalization vomit vomiting vulvitis ' +
      'vulvovaginitis wainscoted wakefulness wanness wasting waters waxycap wedding well wellness ' +
      'wheeziness wheezing wheezy wholeness wholesome wildness willing willingness wilsonian woozy ' +
      'worsening wrick wry',
    'red blue': 'cloudlike cough sob',
    'red green': 'piebald',
    'red orange': 'tarsitis tetanilla tetany tinnitus tyrannicide wine',
    'red purple':
      'albuminuric aminoaciduria cheilitis dilatation efflorescence exacerbation garboil horripilation ' +
      'luridness megacardia perilymph pitiless pitilessness purulence purulency purulent uricaciduria ' +
      'vermilion violence',
    'red yellow': 'ammoniuria lepiota monocytosis',
    yellow:
      'actinium admonition adornment allotrope alloy alnico alum aluminiferous aluminium aluminous aluminum ' +
      'amalgam americium ammoniac antimonial antimonic antimonious antimony argentiferous argon argonon ' +
      'arsenic astatine aureate auriferous babbitt baric barium baryta beau beautification bellow berkelium ' +
      'beryllium bimetal bimetallic bismuth bismuthal bitumastic blemish bohrium boron bromine bronze ' +
      'bullion cadmium caesium calcium californium carboloy cerium cerous cesium chlorine chrome chromium ' +
      'coat coating colloid columbium conductor constantan copper cupric cupronickel cuprous curium ' +
      'darmstadtium decor decorative distemper divine dubnium duralumin dysprosium einsteinium electrum ' +
      'element embellishment emulsion enamel encaustic erbium eureka europium eutectic facing fermium ' +
      'ferrocerium fingerpaint finish finishing fixative fluorine francium gadolinium gallium gamboge ' +
      'gelding germanium gilded gilder gilding gilt glory glucinium grace gracility gummite hafnium hahnium ' +
      'harlem hassium helium holmium housepaint hydrargyrum hydrogen inconel indium intrapulmonary invar ' +
      'iodin iodine iridium iron japan krypton lacquer lanthanum lawrencium lead league leak leakage lean ' +
      'leaning leap leapfrog leaping lease leash leather leathered leavened leavening leech leer leering ' +
      'leisure leisurely leitmotiv lemma lemonade leprosy lethal lethality lethargy lever levis levy lewd ' +
      'leyte lithium lutecium lutetium magnesium maize manganese matte medal meitnerium mendelevium ' +
      'mercurial mercuric mercurous mercury metal metallic metallike mixture molybdenum monastic monk ' +
      'monkey monkish monocle monosyllable monsoon monster monstrosity monstrous neodymium neon neptunium ' +
      'nichrome nickel niobium nitrogen nobelium nonmetal olympic oreide oroide osmium overcoat overcoating ' +
      'oxygen palladium patina permalloy petrolatum pewter phosphorus pinchbeck plaster plating platinum ' +
      'plutonium polonium potassium praseodymium premonition premonitory primer priming promethium ' +
      'protactinium protoactinium pulmonary quicksilver radiothorium radium radon rhenium rhodium ' +
      'roentgenium rubidium ruthenium rutherfordium saffron salmon samarium seaborgium selenium semigloss ' +
      'sermon shellac silicon silvern sodium solder solution spelter steel stellite strontium substance ' +
      'sulfur sulphur suspension swag tantalum technetium tellurium terbium thallium thorium thulium tinny ' +
      'titanium tombac tombak transactinide treasure tungsten undercoat underseal unnilquadium unq unsold ' +
      'untold ununbium ununhexium ununpentium ununquadium ununtrium uranium uub uuh uup uuq uut valuable ' +
      'vanadium varnish veneering waterproofing wheat wolfram xanthous xenon yale yap yell yelled yelling ' +
      'yellowish yellowness yelp yen yield yielding ytterbium yttrium zinc zirconium',
    'yellow orange': 'tin',
    'yellow purple': 'oxyacetylene tambac veneer',
    'yellow red': 'acrylic scandium',
  },
  verb: {
    insert:
      'adapt adhere adorn append attach bicker board boat butter cable cannulate cannulise canulate cement ' +
      'charge chord circuit connect cord drill elect emit engraft enter fuse glue harness hook imbed ' +
      'implant incorporate infix instil instill interject interlace letter lipstick operate pad paddle ' +
      'paste pen port power sandwich stampede strap strive stroke subjugate submit suggest tabulate tack ' +
      'tape tick trick trickle unwire wire',
    'insert pick': 'cannulize',
    'insert pick place': 'graft',
    'insert place': 'embed stamp',
    'insert press': 'input',
    'insert wipe': 'intubate lick prick stain',
    open:
      'animate beam begin blank bolt breach budge bull bullshit drag dull flick gap glide gull jimmy launch ' +
      'license load loosen lull mull outdraw permit pipe prise prize propel pry rear recoil reopen rope ' +
      'slam slant slat slate slim slime sling slink slip slug sluice slum slumber slump slurp start step ' +
      'suck tug twist unbar unbolt uncork unlock unscrew unseal warp withdraw wrench',
    'open pick': 'lever',
    'open place': 'slot',
    pick:
      'accept access account accumulate acquire aerosolize affect air alter ameliorate amend appraise arm ' +
      'arrive assist authorize bag ballyhoo beckon beg belch berry better birdie boost borrow brevet bring ' +
      'buck buckle cab cache capture card caress carry cash catch chin choose chuckle clasp claw clench ' +
      'cling clink clot cluck clump coin come conquer consider consume contemplate contribute cop cough ' +
      'count crane decide delegate designate despatch dig dignify discover disgrace dispatch dodge dominate ' +
      'donate dose draft drift duck dupe earn empower enhance enliven ennoble epitomize eulogize exceed ' +
      'extend extract fascinate favor federalize finger fistfight fizzle flatten fleck flight gain gasp ' +
      'gather generalize gentle get gift gird gouge grain grapple gravel grip gripe grow grunt guard hail ' +
      'hand handicap handle hang harvest hatch have hear heighten heist help hike hinge hobble hoe holler ' +
      'home hoof hoop hoot huckster humanize idolize immerse improve improvise inch incise incline increase ' +
      'inflate insist intervene intrigue invade inventory itemize jump kid kidnap knock ladder lapse latch ' +
      'league learn leaven levitate levy lobby locate lodge loop loot low materialize meliorate melt mist ' +
      'modernize muck mushroom nab name naturalize nominate object obtain offer overtake owe pain palm pant ' +
      'patch peak peck persist personalize picket pickle pinch pinnacle plague plank plaster plate plight ' +
      'plow plumb plummet plump plunder plunge plunk possess present process prospect publicize query rack ' +
      'raft rafter rage raid rake ramp range ransom rape rasp razor reach reappear rebound rebut recall ' +
      'recapture recede receive reclaim recollect recur redistribute reevaluate reign reinforce relearn ' +
      'remainder remember rescue reserve resift resurrect retain retrace retract return revise revive ' +
      'reward rob romanticize roughen ruck seam sear secede seclude secrete secularize seed seep select ' +
      'sensitize sew shackle shipwreck shock shoot shop shoulder shovel shuttle sift sit smooth snack snag ' +
      'snail snake snare snicker sniff snigger snip snore snort snub sock spatter specialize speck ' +
      'stabilize stack staff steal stem store strengthen supplement supply surrender tally televise tenure ' +
      'terminate thatch theorize thumb tighten trade trap trice trip truck tuck tweak unclasp unsolder ' +
      'upraise urge waft waste whistle wing yank',
    'pick insert': 'jack seal',
    'pick open': 'climb cull skid',
    'pick place': 'assign change plod rank underlay',
    'pick press': 'knuckle surmount touch',
    'pick wipe': 'salvage surface',
    place:
      'accommodate add address allocate alphabetize anchor apportion appose approximate arrange array assay ' +
      'assemble barrel beset body bottle bottom box branch bruise bucket bunch bunk cavort center chortle ' +
      'clap coffin control convey coordinate copy couple cram dance debark disembark docket edit emplace ' +
      'ensconce ensnare entrap estimate exchange expend export feel file floor front gaol gauge glycerolise ' +
      'glycerolize grant haul hole imbricate immure import imprison incarcerate inlay inset intersperse ' +
      'invest jail jug juxtapose lag lam laminate land layer lean lend lie lilt line lionize list live ' +
      'localise localize lust lyophilize mark marshal merge middle migrate mislay misplace modify mount ' +
      'order out overstep parallelize park parlay piece pigeonhole pillow plant plat pose posit position ' +
      'post postpone postpose prepose prorogue provide putt rearrange recline relace remain remand remit ' +
      'reorder repay reposition restate rig room scandalize second send settle sever share shelter shelve ' +
      'shift siphon situate sleep sorb sow space specify sputter stage station superimpose superpose ' +
      'surround swap table target tee thread top transact transcend transfix transit transmit transpirate ' +
      'transplant transport transpose travel type underlie unload veer walk waylay wedge',
    'place insert': 'instal install',
    'place open': 'motion',
    'place pick': 'ladle lure recess seat snuggle spend upend',
    'place pick open': 'cock',
    'place press': 'defer erect',
    press:
      'advertise advertize advocate agitate button campaign chatter click command commit compress cranch ' +
      'crusade deaden deaf decompose deem deign demean deplore deprave deprive dial disown dissipate ' +
      'distress extinguish fight grind mash mouse muscle mute mutter oppress outmode pause persuade pop ' +
      'preside pressure pulse pump rally redress relieve repress rush sacrifice sadden shove shrine spear ' +
      'spur squeeze stimulate stress suppress surge tap tend thrust twirl',
    'press pick': 'deal',
    'press wipe': 'deplete',
    wipe:
      'abolish anguish apply attain banish bare bathe beautify bed bleach brandish breathe brim brush ' +
      'bubble buff cherish cleanse clear cleat clog clothe coat colour condense contaminate cover cream ' +
      'crisp cure damage defecate degrade delve destroy deter diminish dip dish disintegrate disperse ' +
      'dispose drain drown dry dump dust dye embellish empty erase evaporate exhaust fan flub flush fog ' +
      'glean heal inspect jerk lighten litter machine massage mess mew moisten mop nip nourish numb oil ' +
      'overhaul paint peel perish photograph pigment poison polarize pole police polka postulate punish ' +
      'purge rain relish replace repose reuse rid rinse rubbish rubric rust rustle salt sanction sand ' +
      'sandpaper scab scrape scratch scrounge scrub sell shed shine shower shred sink sip skirmish slow ' +
      'smell smoke soak soap soften spill spit splash sponge spray squeegee sting stub stuff sweat sweep ' +
      'swipe swish tamper tip towel unhitch unleash usher vacate vacation vacuum vote wad wag waggle wallow ' +
      'wan wane wash water waterproof wax weld wet whip white wince wine wish woo woolgather wring',
    'wipe insert': 'rubber',
    'wipe pick': 'broom poll replenish wield',
    'wipe place': 'evacuate let',
  },
  kind: {
    box:
      'accessory account accumulation agglomeration aggregation ana ark armamentarium arrangement assembly ' +
      'aviation backlog bandbox batch bier biota boot boxcar boxing bundle bundling buy buying caboodle ' +
      'cage caisson cardboard carton caseful cashbox casing chat checkout chest code coffer collage ' +
      'commerce commercialism congregation contact content contents convoy craft date deedbox defence ' +
      'delivery distributor encasement enclosure ensemble exhibition expo file findings fishing flagging ' +
      'flat fleet form gaap gearbox gift gimmickry giveaway herbarium hod incasement inventory jolly ' +
      'judaica jukebox kit kludge layout lockbox lorica magi mailbox manufacture manufacturer manufacturing ' +
      'mass matchbox meatpacking menagerie mercantilism messenger mine neurilemma neurolemma official order ' +
      'package packaging packer packet paintbox pantheon parcel pharmacopoeia pix playbox post price ' +
      'pricing procession purchase pyx pyxis receipt registration repertoire repertory request retailer ' +
      'safe sale sarcophagus sending serial set setup shipment shipping shoebox sixpack smithereens ' +
      'snuffbox soapbox statuary steam store strongbox theca till toolbox trade trading traffic transaction ' +
      'trinketry troponomy troponymy unitisation unitization universe victoriana wallet zoology',
    'box button': 'battery',
    'box cube': 'casket coffin',
    'box cylinder': 'tinderbox',
    'box drawer': 'bagger packing sheath',
    'box patch': 'signage',
    brick:
      'acrylic adobe aertex airfield alpaca americana aperture arboretum artefact article artifact ashlar ' +
      'asphalt backroom baize barb barbarian barbell barbital barbiturate baroreceptor bartender basic ' +
      'batik batiste batten belting blackboard blacktop blacktopping blanket bob bobber bobfloat bombazine ' +
      'bookmark bookmarker booze boucle breakable breech bricklayer bricklaying broadcloth brocade buckram ' +
      'bud bunker bunting cabana cambric camelhair camo camouflage canvas capstone cashmere cement ceramic ' +
      'ceramics cerecloth chain chalkboard challis chambray chenille chiffon chino chintz clapboard clay ' +
      'clinker cloth club cobble cobblestone cobweb cockhorse coign coigne commodity concrete convenience ' +
      'cope copestone coping corduroy corkboard cornerstone crepe cretonne curbstone cushioning damask deal ' +
      'dimity doeskin doll duck dungaree duplicate elastic embargo embrasure etamin etamine export ' +
      'exportation fabric faille falsie felt fencing fenestella ferroconcrete fiberglass fibreglass ' +
      'fingerboard firebrick flagship flagstone flannelette fleece flooring foulard frieze frisbee fungible ' +
      'furring fustian future georgette gingham good grindstone grogram grosgrain gunite haircloth ' +
      'handlebar hardboard headstone hearthstone hero hobbyhorse homespun hone hopsack hopsacking horsehair ' +
      'importation impost installation insulant insulation interlayer jackstraw jaconet jean kaleidoscope ' +
      'kerbstone keystone khaddar khadi khaki kite knickknack knit lace lagging lane laniard lanyard ' +
      'lattice lawyer layer leatherette lego lifeline lino linoleum lint lisle log lounge lumber lunette ' +
      'macadam macintosh mackintosh madras mainsheet marseille masonry material meccano membrane meniscus ' +
      'meshwork middling millstone miter mitre mohair moire moleskin monolith moquette moreen mortar ' +
      'mullion muslin mystification nankeen nightclub ninon novelty nylon oilstone organza original padding ' +
      'paisley panel paneling papa paperweight parget pargeting pargetting passage pavement paving percale ' +
      'pinata pique plaid plank planking plaster plasterwork playhouse plaything ply polyester pongee ' +
      'pontoon popgun poplin quilting rack ratlin ratline rattle rayon reef rep repp restroom roughcast ' +
      'rubble sailcloth saloon samite sandpile sandpit satinet satinette scrap screed screening scrim ' +
      'seersucker seesaw serge sett shag shantung sharkskin sheeting shingle shirting shirttail shroud ' +
      'siding silesia slate slating spackle spandex spandrel spandril spillikin spline springer squirter ' +
      'staff staircase stairway stammel staple station stela stele stencil stone strake strand strip stucco ' +
      'stuffing suede suiting superficies surface taffeta tammy tapa tapis tappa tarmac tarmacadam tartan ' +
      'tavern teeter teeterboard teetertotter teetotum terry terrycloth textile thatch tile timber ' +
      'toothpick towelling tower towline towrope toy tramline transit transportation trousering velour ' +
      'velours velvet velveteen vicuna viyella voile voussoir wale wall wallop watercourse waterproof ' +
      'waterway weatherboard weatherstrip webbing whetstone whipcord whirligig wincey wobbler woolen ' +
      'woollen worsted yoke zoo',
    'brick box': 'plush',
    'brick button': 'cord header screen tab',
    'brick cube': 'gravestone tombstone',
    'brick cylinder': 'inlet metallic shake',
    'brick patch': 'facility linen oilcloth puddle skin tape toweling wool',
    'brick socket': 'access crape path port porthole slit spout squeaker thing window',
    'brick tray': 'board chipboard cone electroplate forum gameboard grid grille matchboard pantile sateen',
    button:
      'achromasia addition adherence adhesion adhesive adhesiveness airbrake alerting applique arrester ' +
      'attachment automatic backstitch barrette baste basting bellyband binder binding blackout blaze blink ' +
      'bodkin bookplate bow bowknot brail brake brakes brightness brilliance bungee burnish butyl call ' +
      'carabiner chains change charge chord chrome circuit circuitry clasp cleat click clinch clip ' +
      'cloisonne clothespin coherence coherency cohesion cohesiveness command component compound ' +
      'compounding concatenation constraint contraption control controller coruscation cottar cotter ' +
      'cringle current dazzle departure detent dial diamante disabled disconnect display disruption ' +
      'doorlock doornail doorstopper dowel downiness drogue editor effulgence electric electronics ' +
      'emergency enrichment eyelet fastening feather featheriness feature fidget firelight flash flashing ' +
      'flashlight flicker flip flounce fluffiness fluoridation fluoridisation fluoridization footnote ' +
      'functioning furbelow fuse gasket glare gleam gleaming glimmer glint glisten glister glitter ' +
      'glossiness glow glue glutton grommet grummet gum haggle hairgrip hairpin halliard halter halyard ' +
      'hamper handcuff handlock hasp hatpin hawser hemstitch hemstitching hobnail holdfast hookup hoop ' +
      'illuminance inclusion instruction instructions interface iridescence irons irradiation joggle jump ' +
      'karabiner keyboard kingbolt knob knot lambency lariat lashing lasso launcher leaflet leash ligament ' +
      'light lighting limiting linchpin linearity link linkup lit lividity lividness lockring luminance ' +
      'luminescence luminosity luminousness lynchpin manacle manual menu modal mode move mucilage mute nail ' +
      'navigation nexus nog nosepiece notification now opalescence overcasting padlock paleness pallidness ' +
      'paperclip paster pause pawl phone plumage polish pressing profile prolonge prompt pucker pull push ' +
      'pushpin qualifying radiance radiancy reata refulgence refulgency rein relay remote render retrofit ' +
      'riata rivet rope ruffle scantling screw seal sealant sealer seatbelt seepage selection sequin ' +
      'setscrew setting sewing shackle sheen sheepshank shift shifting shine shininess shortcut shutdown ' +
      'silkiness skewer skid sleekness slickness slipknot slipperiness snap spangle sparkle stimulation ' +
      'stitch stitchery stitching stopping strike subscription supplement suturing swap swirl switchboard ' +
      'switching takeoff tangle technology terminal tether thumbscrew thumbtack tightrope timer tire toggle ' +
      'train trammel transition treenail trunnel tuck turn tyre uprising waggle wanness welt wire ' +
      'withdrawal withe woodscrew working',
    'button box': 'zip',
    'button brick': 'brad',
    'button cylinder': 'pallor ray shaft silver tintack',
    'button drawer': 'locker zipper',
    'button patch': 'buckle fixing hem sticker stickiness tack tacking trenail',
    'button socket': 'clout doorstop eyehole fell hook latch lock loop peg ruck sewer snarl',
    'button tray': 'bowline',
    cube:
      'abortion anvil assassin autopsy bereavement bevel blood borer boring breathing briquet briquette ' +
      'bullion burial burning cadaver cancer care careen catastrophe cease cemetery chamfer chance ' +
      'chattering chop consciousness coroner corpse crosscut crosshead cubism cubist dag damned dead ' +
      'deadhead death deathbed decay deceased defeat deuce dicer dissection dying eight elder element ' +
      'execution exit explosion fate finale five four funeral gamble gambling gash gasp grave graveyard ' +
      'grief grotesque hayloft haymow heart heaven hob homicide immortal immortality incisura incisure ' +
      'ingot inkpad kill killer killing lead legacy lethality life lifetime locknut loss luck manicure ' +
      'martyr massacre memorial mercy monster morgue mortal mortality mortice mortise mourner mow mower ' +
      'murder murderer necrosis nine omen outcome parer passing pearly plague quadrate quaver rabbet rebate ' +
      'remains rip rot sacrifice sadness savior sawyer scission seven severing shear shearing singleton six ' +
      'sixth slab slain slaughter slicing snick sorrow soul spade sprag stopper succession suicide survival ' +
      'sympathy tail ten tesseract third three thumbnut tomb tragedian tragedy trencher trey tribute triple ' +
      'unconscious undercut widow widower widowhood will wounded zombie',
    'cube box': 'card',
    'cube brick': 'diamond',
    'cube button': 'tablet',
    'cube patch': 'block slash',
    'cube socket': 'cake chock cutout drill drilling nut trump two',
    'cube tray': 'cutlery domino pad',
    cylinder:
      'accompaniment amble angularity annulus attribute avalanche bagpipe ballast bandoleer bang banjo bass ' +
      'bathtub beat brass bronze bucket bulginess caddy camber candour caning cannery cannikin cant canter ' +
      'cantilever cantle cartwheel centerline channel cheer cheerfulness chowchow clap cogwheel coil ' +
      'columella column composer concavity confiture congealment congelation connexion conserve conserves ' +
      'contortion convexity convexness copper corrugation cranny creek crescent crevice crookedness crystal ' +
      'crystallizing curing curve cusp cycloid cylindricality dehydration desiccation dip distortion dome ' +
      'doughnut drumhead drumlin drummer duct eidos ellipsoid ellipticity entasis equilateral ethos factory ' +
      'fissure fizzle flute foundry frustum geodesic giver grunt guitar gyration halo handwheel hardening ' +
      'heritage hoodoo hornpipe hum hyperboloid incurvation incurvature indentation indenture infinite ' +
      'infrigidation instrument jam jelly jog keel kettle knife lechatelierite let listener lumbermill ' +
      'manufactory marching marmalade medley melody metal metalworks midline midplane mill mold mould music ' +
      'musical musician musicianship needle niche nickel node nodule noise nosewheel oblateness oilcan ' +
      'orchestra orchestration ovoid paddlewheel parabola paraboloid parallel penny percussion piano pickle ' +
      'pipe plane plumbing plume plunk plunker polka potentiometer precipitate preservative preserves probe ' +
      'protuberance pulverisation pulverization pump quartz raphe rattling recess recession reel ' +
      'refrigeration refrigerator refuse rhaphe rhythm ridge riffle rim ring ringing ripple rock rod roller ' +
      'rolling rotation rouleau roulette roundedness rowel salient salinity salt salter saltiness sawmill ' +
      'scoop shade shaking shank shape singing singsong snare solid solidification solidifying solidness ' +
      'songwriter sound sprocket stalactite stalagmite steelworks subfigure sunniness sunshine sweatshop ' +
      'symphony taffy tan tank taper thickening thumping tine tinker tinkle tint tiptoe tit titer titter ' +
      'toad ton toroid torsion tortuosity tortuousness track treble trumpet trundle tub tuberculosis tubing ' +
      'tune tuning umbo uncheerfulness vessel vinyl vocal vocalist wallow waterwheel wax wheel winding',
    'cylinder box': 'icebox',
    'cylinder brick': 'pillar',
    'cylinder button': 'flair turning',
    'cylinder cube': 'roll',
    'cylinder drawer': 'gear',
    'cylinder patch': 'imprint notch pencil perimeter stamp',
    'cylinder socket': 'flare groove space triangle trough',
    'cylinder tray': 'caddie cookery cooking plastic platen',
    drawer:
      'ablation abscission abstraction aisle amputation amputator antechamber anteroom antique apparatus ' +
      'armoire armor auditorium autotomy bag baggage ballroom baring bathroom bedchamber bedroom belfry ' +
      'bema bin boardroom briefcase bullpen bur burl cabinet cache canteen capacity cardroom carry category ' +
      'cellar chaff chancel checkroom choir circumcision classroom cloakroom closet clubroom coatroom ' +
      'collector condensing corner court courtroom courtyard cupboard darkroom decortication deletion ' +
      'demodulation demodulator denudation depilation depilator depilatory depot dermabrasion ' +
      'detoxification disembowelment disk dislodgement dislodgment dredger dresser dungeon durbar ' +
      'effacement endocarp enucleation epilation epilator evisceration excision exenteration extirpation ' +
      'extractor firing forceps forecourt foyer ginmill goalmouth greenroom guardroom handbag hideaway ' +
      'husking hypophysectomy inglenook interior ivory john lav lavatory layby leach leaching library lobby ' +
      'luggage minus nave nook organizer pack panopticon pantry parlor parlour partition parts parvis patio ' +
      'penstock pocket poolroom portable pouch remotion removal remover resection rinse rinsing roomette ' +
      'sacristy saleroom salesroom scalp schoolroom scriptorium scullery shelf shop showroom shuck sickbay ' +
      'sickroom skim skimming slot slub sluice sluiceway snug snuggery solarium spare squad stacks stalk ' +
      'storage storeroom stowage straw stripping stubble subsection subtraction suitcase sunporch sunroom ' +
      'suntrap taproom terrace tusk unveiling vestry volume wardrobe weeder workroom workshop',
    'drawer brick': 'barroom husk',
    'drawer cube': 'cubby cubicle',
    'drawer cylinder': 'mining',
    'drawer patch': 'den quadrangle turnaround',
    'drawer socket': 'hollow rathole surgery',
    'drawer tray': 'bone dinette hull kitchen',
    patch:
      'abstractionism accolade acre acreage acres adjustment advertising alarum aliyah allograph ' +
      'announcement annulet antilog antilogarithm antitype appearance appreciation architecture areaway ' +
      'argyle argyll armband arrow aspersion asterisk atlanta authentication avail availability ' +
      'baccalaureate backbiter badge ballup banner bargain battlement bauble beacon beam befoulment betise ' +
      'bill birthmark blackhead bleach blemish blob bloodstain blot blotch blotter boast boasting bologram ' +
      'bolograph border branding broadside bruise brush buff bug buggy build bump burn bushing cachet cairn ' +
      'calk calkin calumniation calumny canalisation canalization canyon canyonside capital caption central ' +
      'chafe cheat chevron chromatogram chunk citation clean cleaner cleaning cloud cloudiness cluster ' +
      'coating cockup collar colophon color colors colours comedo comestible commendation complexion ' +
      'concretism condemnation confluent congratulation convergence corbel cornucopia countryside county ' +
      'crenel crenelation crenellation crenelle crisscross crock crosier cross crosshatch crown crozier ' +
      'cuff cure curfew curse dagger dah damage damascene dapple darning daub debris decal decalcomania ' +
      'defamation defamer defect defilement degree delineation deluge demerit denigration denomination ' +
      'denouncement denunciation derision description detail detection diacritic diadem diatribe ding dirt ' +
      'dirtiness dirtying discoloration discolouration disgrace disparagement dispraise distance district ' +
      'dit ditto doctorate dollar dot draw dry dye dyeing earmark eatable edible elevation emblem ' +
      'embossment emmy encrustation error evenness exploit eyespot facula farmland fault feel feeling ' +
      'felicitation fess fesse filth fingermark fingerprint finish finishing fire fix fixer flag flame ' +
      'flaming fleck flesh flood foghorn fogsignal folding footprint fragment freckle fret fueling ' +
      'fulmination gall gesture glance glob glut gouge grapheme graphic grate grating grease grime gripe ' +
      'gross habitat hachure hack hakenkreuz hallmark hang headline headquarters healing heating ' +
      'herringbone highlight highlighter hit hometown honor honour honours hoofprint horn identifier ' +
      'ideogram ideograph ignominy image imprecation incrustation incursion index indexing indianapolis ' +
      'indication influx injection ink inkblot inundation invariability irrigation issuance issue issuing ' +
      'itch jactitation jaggedness jointer label lampblack land landmark lapse laundry laurels lentigo ' +
      'leveraging libeler ligature limning line lineation liner lingam linocut lipstick local locale ' +
      'locality location logistics logo logotype look lot lots lowercase machicolation macula maculation ' +
      'macule maintenance majuscule makeup malediction maligner malignment mandala map mar marbleisation ' +
      'marbleising marbleization marbleizing marker marking marksman marksmanship mayday meaning medal ' +
      'medallion megalopolis mend metro metropolis metropolitan mihrab milepost milestone milium ' +
      'minneapolis minnesota mintmark minuscule miscalculation miscue misestimation misreckoning mistake ' +
      'modification monogram motif mottling nebula neighborhood nevus nobelist northeast northwest note ' +
      'numbering numeral obloquy ocellus odor offer offside operation oriflamme oscar oscillogram outline ' +
      'outreach outskirts overabundance overcast overlap overlook oversupply paean paint parapraxis ' +
      'parhelion particular patchiness patching patchwork pattern payoff pelmet percept perception petition ' +
      'phantasmagoria philippic phonogram pictograph pier pigment pinning place placeholder planning plaque ' +
      'point pointer pollution population portion postmark precinct pressmark printout progress proposal ' +
      'protection province provincial provision proximity purport purveyance pyrograph quickie quicky racon ' +
      'rag raggedness rail railing railroad railway range rawness readout recall recognition recording ' +
      'recovery redevelopment refueling regularity release relievo remedy renege repair reparation ' +
      'replacement replacing repletion representation reservoir reset resignation reveille revision revoke ' +
      'rilievo rockiness roughness roundel rub rug ruggedness rune rust sanitation scan scenery scepter ' +
      'sceptre scorch scotch scrape scratch section sector see segment sell sensation sense services ' +
      'settlement shading shame sharp sharpness showing side sign signaling signalisation signalization ' +
      'signature significance signification signpost skyrocket slander slanderer slip slur smell smirch ' +
      'smoothness smudge snapshot sock soil soiling soilure soot sore soreness sos sour southeast span ' +
      'spatter spattering special specimen speck speckle speech spirogram splash splashing splattering ' +
      'splodge splotch spotting square stab staining stair standpoint state status stenograph stereotype ' +
      'stick stigma stigmatisation stigmatization stocking stoplight streak stria striation stripe striping ' +
      'stylemark subdivision subscript subtitle suburb suburbanite subvention sunburst sundog sunspot ' +
      'superscript supplying support surfeit surroundings swastika swathing symbol symbolisation symboliser ' +
      'symbolising symbolism symbolization symbolizer symbolizing tact tag taps target tarnish tat tattoo ' +
      'tears tenderness territorial territory tetraskele tetraskelion texture threshold thumbnail tick ' +
      'ticktack tipstaff tirade tocsin topsoil torrent touch touching town tracer tracing trademark ' +
      'traducement traducer trafficator treatment tributary trigger triskele triskelion trophy truss twill ' +
      'twirl typification uncleanness underline underscore unevenness unrealism unregularity unsteadiness ' +
      'update upgrade upkeep upland uppercase urine valance valley variability variable verge verruca ' +
      'version vibrissa vicinity victual victualer victualler vilification vilifier village virus ' +
      'visibility vulnerability wages wart wash washing water watercolor waterfront watermark watershed ' +
      'waviness weave wetness wharf wharfage whereabouts whisker whistle whistling windsock wipe zone ' +
      'zoning',
    'patch box': 'address hatch hatching item pin supply ticket',
    'patch brick': 'nick',
    'patch button': 'alert blinker icon indicator ribbon token transistor turnup wand',
    'patch cube': 'caret diesis',
    'patch cylinder': 'band banding coal drumbeat grunge pabulum pip',
    'patch socket': 'award damnation edge gate input legend mole pinpoint reward signal smear spotter',
    'patch tray': 'cornice crossbones crust dishonor dishonour mantle pennant',
    socket:
      'abdomen absence acetabulum ache acinus adnexa afferent alley alveolus ambulacrum amnion amnios ' +
      'ampulla annexa ans antenna antrum apodeme appendage archenteron areola armpit arse artifice ass ' +
      'aster atrium attack auricle axilla backside bastard battle begin beginning behind belly betweenbrain ' +
      'bid bile bite bladder blame blastocele blastocoel blastocoele blastoderm blastodisc bleb blister ' +
      'blow blowing bomb boo bottom bout brain brainstem breach breadth breath brute bulb bulla bullet buns ' +
      'bursa butt buttock buttocks cable cackle caecum caliculus calycle calyculus carina catch cauda cave ' +
      'cavern cavity cavum cecum celom celoma centromere cerebellum cerebrum challenge chamber chatter ' +
      'cheek chiasm chiasma choke chorion chuck cicatrice cicatrix cingulum cistern cisterna cloaca close ' +
      'closer closure cochlea coelenteron coelom comb come coming concha confinement confrere connection ' +
      'connective conspiracy construction contention contest cornu cortex costa credit croup croupe cut ' +
      'cutting cyst cytoskeleton dacryocyst damn decision decussation deep deposit depth derriere design ' +
      'dictyosome dig digest dilator direction disappointment ditch door doorhandle dorsum down drain ear ' +
      'effort electrode end endpoint energid entrance entranceway entry epicanthus epicardia epiglottis ' +
      'esophagus existence eye eyeball eyes faint fanny fauces fight fighting figure fill filling fillip ' +
      'filum fist fistula flank flap flow flowing flush follicle forebrain fornix fossa found frill fume ' +
      'fumes fund fundament fundus funiculus funnel gag gallbladder ganglion gap gaskin gatepost gateway ' +
      'germ giggle girdle gizzard glans going gorge groan gullet guts gyrus hair handicap happening haunch ' +
      'haystack headache hemisphere here hide hiding hindbrain hindquarters hip hippocampus hollowness hoof ' +
      'horror horseback hunt hurt hush hypodermis hypothalamus incoming infundibulum insert inside ' +
      'interbrain intercourse interstice intimacy intrusion investigation jaw jig junction jury keister key ' +
      'keyhole kinetochore knock knocking lack lair lamina lamp laryngopharynx larynx laugh laughter ' +
      'launching leak lick lie limbus liposome lobe locule loculus loin loins looking loophole loser love ' +
      'lumbus lumen masking matter meatus mediastinum medulla mentum mesencephalon mesh mess metacarpus ' +
      'metatarsus midbrain mind miss money monitor mouth mouthful myelencephalon mystery nasopharynx nates ' +
      'neencephalon neoencephalon nerve nerves nervure nose obstacle oesophagus open opener openwork ' +
      'operative operculum opportunity oral ordeal orifice oropharynx out outlet over pain paleencephalon ' +
      'pallium par part pass passageway pectus pelvis pen penetration peristome pew pharynx phenomenon ' +
      'picture pilus pinna piss pit pitfall pitting placement placenta plexus plica plug plunge pock pons ' +
      'pore porta position posterior pothole prat pressure prison prize problem processor prosencephalon ' +
      'protoplast punch puncher puncture pundit pussy put putout puzzle puzzlement quill rachis radicle ' +
      'rape receptor rectum repose reputation rete reverse right round route rudiment ruga rump run sac ' +
      'saccule sacculus saliva salpinx say science screaming scrotum secret sex shadow shin shit shot ' +
      'shoulder showdown shunt silence sinus sinusoid situation slug small sob somewhere spine spiral spot ' +
      'squeak stake stall start starting startle stern stomach stump subthalamus suck sucker syrinx tarsus ' +
      'task taste telencephalon tension tentorium thalamus there thill thorax thought thread throat thrust ' +
      'tie time timing tip tissue toilet tooshie tooth top torso tough tragus transmitting trap troll ' +
      'turbine tush twist tympanum umbilical underpart unguis unseen utricle utriculus uvea vacancy vacuole ' +
      'vallecula valvula valvule vas vein vent ventricle ventriculus vermis vesica vesicle vestibule ' +
      'victory viewer virginity vision void vomit vote voting watt way well win winner winning withers ' +
      'wound yes zona zonula zonule',
    'socket button': 'back',
    'socket cube': 'diencephalon marsupium',
    'socket cylinder': 'filament tubule valve valvelet',
    'socket patch': 'region scar',
    'socket tray': 'denticle',
    tray:
      'airframe alpha appetite arm ashtray banquet barbecue beef beehive beta bowl bowlder broadcast ' +
      'broadcasting buffet cadre cafeteria carping carving catchall caterer chamberpot cheese cheeseboard ' +
      'chip clan community computer comrade console contestant cook cookfire crab cuspidor delicious dent ' +
      'denture device din dinner dinnertime dishwasher dishwater dock eating event feast feed feeding ' +
      'feedlot food foodstuff forearm fork frame framework framing fry gadget grill hive hop hopper host ' +
      'hostess hunger icetray inkstand ketch kitchenette lam lamb launch lunch luncheon machine marketplace ' +
      'meal meat membership microwave mobile monocle mount net network ossuary outlay outpost oven oyster ' +
      'pan pane peer pepper pie piece pizza plat portal potty program programming rampart rectangle ' +
      'restaurant rice rig sake salad salver sandwich sash satellite serve service session sideboard slice ' +
      'snack soup spice spit spittoon spoon spoonful stack starving steak steakhouse stewing stove stroke ' +
      'suite supper system television thanksgiving turntable twitch underside unit utensil waiter workboard',
    'tray cube': 'garbage',
    'tray drawer': 'dustpan',
    'tray patch': 'tidy',
    'tray socket': 'receptacle',
  },
};
