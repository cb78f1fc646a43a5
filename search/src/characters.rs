//! Characters of Unicode that are others in disguise, and those that are never seen.
//!
//! The importer, the checks and the search fold by the same table, so that what one of them takes for the
//! same character the others do too. `tests/characters.rs` holds it to the data of Unicode.

/// The ordinary character that a compatibility character stands for, or the letters of a ligature.
///
/// These are:
/// - radicals and strokes of Chinese characters (U+2E80–2FD5, U+31C0–31E3), which PDFs give for the character
///   they look like: `Equivalent_Unified_Ideograph` of the Unicode Character Database;
/// - compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F) and the few signs and brackets that Unicode
///   calls canonically equal to one other character;
/// - Latin ligatures (U+FB00–FB06).
///
/// Visibly different characters are not among them: ① ⑴ ㈠ Ⅳ ㎡ ½ and full-width letters are used as such in
/// official texts.
pub fn ordinary(c: char) -> Option<&'static str> {
    match c {
        ..'\u{37e}' | '\u{31f0}'..='\u{f8ff}' => None,
        '\u{37e}' => Some(";"),
        '\u{387}' => Some("·"),
        '\u{2126}' => Some("Ω"),
        '\u{212a}' => Some("K"),
        '\u{212b}' => Some("Å"),
        '\u{2329}' => Some("〈"),
        '\u{232a}' => Some("〉"),
        '\u{fb00}' => Some("ff"),
        '\u{fb01}' => Some("fi"),
        '\u{fb02}' => Some("fl"),
        '\u{fb03}' => Some("ffi"),
        '\u{fb04}' => Some("ffl"),
        '\u{fb05}' | '\u{fb06}' => Some("st"),
        _ => ideograph(c),
    }
}

fn ideograph(c: char) -> Option<&'static str> {
    let row = IDEOGRAPHS.partition_point(|&(first, _)| first <= c).checked_sub(1)?;
    let (first, ordinary) = IDEOGRAPHS[row];
    let (at, one) = ordinary.char_indices().nth((u32::from(c) - u32::from(first)) as usize)?;
    Some(&ordinary[at..at + one.len_utf8()])
}

/// Returns whether a character shows nothing and takes no place (`Default_Ignorable_Code_Point`): joiners, controls of
/// the direction of writing, variation selectors, tags, fillers of Hangul.
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The first of some characters side by side, and what each of them stands for, in order.
///
/// ⼾ is 户, which the texts of a site in simplified characters mean by it; Unicode has 戶.
const IDEOGRAPHS: [(char, &str); 52] = [
    ('\u{2e81}', "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵"),
    ('\u{2e9b}', "旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"),
    ('\u{2ebb}', "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页"),
    ('\u{2edb}', "风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"),
    ('\u{2f00}', "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土"),
    ('\u{2f20}', "士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手"),
    ('\u{2f40}', "支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉"),
    ('\u{2f60}', "瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳"),
    ('\u{2f80}', "聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛"),
    ('\u{2fa0}', "辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯"),
    ('\u{2fc0}', "鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"),
    ('\u{31c6}', "𠃌"),
    ('\u{31cf}', "乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"),
    ('\u{f900}', "豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭"),
    ('\u{f920}', "鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄"),
    ('\u{f940}', "鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧"),
    ('\u{f960}', "怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵"),
    ('\u{f980}', "呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈"),
    ('\u{f9a0}', "裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂"),
    ('\u{f9c0}', "燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履"),
    ('\u{f9e0}', "易李梨泥理痢罹裏裡里離匿溺吝燐璘藺隣鱗麟林淋臨立笠粒狀炙識什茶刺"),
    ('\u{fa00}', "切度拓糖宅洞暴輻行降見廓兀嗀"),
    ('\u{fa10}', "塚"),
    ('\u{fa12}', "晴"),
    ('\u{fa15}', "凞猪益礼神祥福靖精羽"),
    ('\u{fa20}', "蘒"),
    ('\u{fa22}', "諸"),
    ('\u{fa25}', "逸都"),
    ('\u{fa2a}', "飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫"),
    ('\u{fa4a}', "琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響"),
    ('\u{fa6a}', "頻恵𤋮舘"),
    ('\u{fa70}', "並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒"),
    ('\u{fa90}', "敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛"),
    ('\u{fab0}', "練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊"),
    ('\u{fad0}', "𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎"),
    ('\u{2f800}', "丽丸乁𠄢你侮侻倂偺備僧像㒞𠘺免兔兤具𠔜㒹內再𠕋冗冤仌冬况𩇟凵刃㓟"),
    ('\u{2f820}', "刻剆割剷㔕勇勉勤勺包匆北卉卑博即卽卿卿卿𠨬灰及叟𠭣叫叱吆咞吸呈周"),
    ('\u{2f840}', "咢哶唐啓啣善善喙喫喳嗂圖嘆圗噑噴切壮城埴堍型堲報墬𡓤売壷夆多夢奢"),
    ('\u{2f860}', "𡚨𡛪姬娛娧姘婦㛮㛼嬈嬾嬾𡧈寃寘寧寳𡬘寿将当尢㞁屠屮峀岍𡷤嵃𡷦嵮嵫"),
    ('\u{2f880}', "嵼巡巢㠯巽帨帽幩㡢𢆃㡼庰庳庶廊𪎒廾𢌱𢌱舁弢弢㣇𣊸𦇚形彫㣣徚忍志忹"),
    ('\u{2f8a0}', "悁㤺㤜悔𢛔惇慈慌慎慌慺憎憲憤憯懞懲懶成戛扝抱拔捐𢬌挽拼捨掃揤𢯱搢"),
    ('\u{2f8c0}', "揅掩㨮摩摾撝摷㩬敏敬𣀊旣書晉㬙暑㬈㫤冒冕最暜肭䏙朗望朡杞杓𣏃㭉柺"),
    ('\u{2f8e0}', "枅桒梅𣑭梎栟椔㮝楂榣槪檨𣚣櫛㰘次𣢧歔㱎歲殟殺殻𣪍𡴋𣫺汎𣲼沿泍汧洖"),
    ('\u{2f900}', "派海流浩浸涅𣴞洴港湮㴳滋滇𣻑淹潮𣽞𣾎濆瀹瀞瀛㶖灊災灷炭𠔥煅𤉣熜𤎫"),
    ('\u{2f920}', "爨爵牐𤘈犀犕𤜵𤠔獺王㺬玥㺸㺸瑇瑜瑱璅瓊㼛甤𤰶甾𤲒異𢆟瘐𤾡𤾸𥁄㿼䀈"),
    ('\u{2f940}', "直𥃳𥃲𥄙𥄳眞真真睊䀹瞋䁆䂖𥐝硎碌磌䃣𥘦祖𥚚𥛅福秫䄯穀穊穏𥥼𥪧𥪧竮"),
    ('\u{2f960}', "䈂𥮫篆築䈧𥲀糒䊠糨糣紀𥾆絣䌁緇縂繅䌴𦈨𦉇䍙𦋙罺𦌾羕翺者𦓚𦔣聠𦖨聰"),
    ('\u{2f980}', "𣍟䏕育脃䐋脾媵𦞧𦞵𣎓𣎜舁舄辞䑫芑芋芝劳花芳芽苦𦬼若茝荣莭茣莽菧著"),
    ('\u{2f9a0}', "荓菊菌菜𦰶𦵫𦳕䔫蓱蓳蔖𧏊蕤𦼬䕝䕡𦾱𧃒䕫虐虜虧虩蚩蚈蜎蛢蝹蜨蝫螆䗗"),
    ('\u{2f9c0}', "蟡蠁䗹衠衣𧙧裗裞䘵裺㒻𧢮𧥦䚾䛇誠諭變豕𧲨貫賁贛起𧼯𠠄跋趼跰𠣞軔輸"),
    ('\u{2f9e0}', "𨗒𨗭邔郱鄑𨜮鄛鈸鋗鋘鉼鏹鐕𨯺開䦕閷𨵷䧦雃嶲霣𩅅𩈚䩮䩶韠𩐊䪲𩒖頋頋"),
    ('\u{2fa00}', "頩𩖶飢䬳餩馧駂駾䯎𩬰鬒鱀鳽䳎䳭鵧𪃎䳸𪄅𪈎𪊑麻䵖黹黾鼅鼏鼖鼻𪘀"),
];
