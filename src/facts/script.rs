//! Traditional characters, read as the simplified ones that the readers know.
//!
//! Plans of Taiwan, Hong Kong and Macau, and traditional mirrors of mainland sites, use the same
//! words. Both characters of a pair take three bytes in UTF-8, so spans into the simplified text are
//! spans into the text itself.

use std::borrow::Cow;
use std::sync::LazyLock;

/// Pairs of a traditional character and the simplified one, for the vocabulary of the readers.
const PAIRS: &str = "\
牽牵頭头責责單单門门協协辦办機机關关導导參参與与負负處处務务縣县區区鄉乡鎮镇廳厅會会黨党組组隊队團团員员國国際际財财\
發发報报實实現现達达動动開开啟启設设製制訂订頒颁佈布審审評评結结試试點点擴扩圍围優优數数據据號号業业廠厂學学醫医\
護护養养場场級级類类種种項项條条個个萬万億亿戶户畝亩噸吨臺台輛辆間间層层棟栋張张冊册頁页歲岁內内後后從从於于時时\
週周節节慶庆陽阳兩两雙双終终長长續续進进擬拟約约過过減减縮缩壓压較较標标準准確确爭争預预計计劃划應应須须將将對对\
為为爲为來来無无屬属職职別别該该聯联網网銀银裝装備备購购買买換换維维遷迁綠绿環环權权產产專专識识創创認认選选樹树\
樓楼橋桥溝沟壩坝圖图書书館馆體体廣广傳传訓训練练競竞賽赛檢检驗验測测監监險险災灾勞劳鐵铁農农漁渔鹽盐貿贸稅税\
營营執执罰罚規规範范簡简稱称複复復复興兴氣气電电熱热煙烟齊齐滿满齡龄歷历遺遗溫温濕湿質质詢询衛卫異异術术軍军戰战\
統统調调併并並并鋪铺鄰邻嚴严給给經经濟济圓圆園园車车運运輸输陸陆極极積积幹干師师廢废彈弹徵征憑凭懸悬庫库構构檔档\
歸归殘残決决沒没淨净漢汉灘滩爐炉狀状獨独獻献獲获療疗盤盘礎础稱称穩稳竊窃築筑籌筹糧粮紀纪納纳紅红細细綱纲綜综線线\
編编縱纵總总績绩織织罷罢習习聞闻聲声聽听腦脑艦舰艱艰藝艺藥药蘇苏虛虚補补襲袭見见視视覽览觀观觸触討讨託托記记訪访\
許许訴诉診诊詞词話话詳详誠诚誤误說说課课調调請请諸诸講讲證证議议譯译變变讓让財财貢贡貧贫貨货貫贯費费資资賠赔賬账\
賢贤賣卖跡迹踐践軌轨軟软載载輔辅輕轻輪轮轉转辭辞邊边郵邮釋释針针錄录錢钱鎖锁鏈链鑒鉴閉闭閱阅闢辟陣阵陳陈隨随隱隐\
難难雜杂雲云靈灵靜静響响順顺領领頻频題题願愿顧顾顯显風风飛飞飲饮養养館馆驅驱驟骤髮发魚鱼鳥鸟麥麦黃黄齒齿龍龙";

/// The first of the unified ideographs, which all characters of the pairs are among.
const FIRST: usize = 0x4e00;

/// For each unified ideograph the simplified character, or NUL where it is one itself.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table = vec!['\0'; 0xa000 - FIRST];
    let mut chars = PAIRS.chars();
    while let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) {
        table[traditional as usize - FIRST] = simplified;
    }
    table
});

fn simplify(table: &[char], c: char) -> Option<char> {
    let simplified = *table.get((c as usize).checked_sub(FIRST)?)?;
    (simplified != '\0').then_some(simplified)
}

/// The text in simplified characters, byte for byte at the same places.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    let table = &**SIMPLIFIED;
    if !text.chars().any(|c| simplify(table, c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| simplify(table, c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_characters_of_a_pair_are_as_long() {
        let pairs: Vec<char> = PAIRS.chars().collect();
        assert!(pairs.chunks(2).all(|pair| pair[0] != pair[1] && pair[0].len_utf8() == pair[1].len_utf8()));
        assert_eq!(simplified("州政務局牽頭，2027年6月底前"), "州政务局牵头，2027年6月底前");
        assert!(matches!(simplified("市政务局牵头"), Cow::Borrowed(_)));
    }
}
