"""The two writings of Chinese: what is said in one is read in the other, since shops of Hong Kong use the words of both."""

from __future__ import annotations

from typing import Final

# Simplified characters with the traditional ones (kTraditionalVariant, kSimplifiedVariant of the Unihan database), as they stand in
# words of orders, parcels and payments.
_PAIRS: Final = """
丢丟 个個 与與 专專 业業 东東 严嚴 丧喪 两兩 丰豐 临臨 为為 举舉 么麼 义義 乌烏 乐樂 乔喬 习習 乡鄉 书書 买買 乱亂 争爭 于於 亏虧 云雲
亚亞 产產 亩畝 亲親 亿億 仅僅 从從 仓倉 仪儀 们們 价價 众眾 优優 会會 伟偉 传傳 伤傷 伪偽 体體 余餘 佣傭 侠俠 侣侶 侧側 侦偵 俩倆 俭儉
债債 倾傾 偿償 储儲 儿兒 兑兌 党黨 兰蘭 关關 兴興 养養 兽獸 内內 册冊 写寫 军軍 农農 冯馮 决決 况況 冻凍 净淨 凉涼 减減 凑湊 几幾 凤鳳
凭憑 凯凱 击擊 凿鑿 划劃 刘劉 则則 刚剛 创創 别別 删刪 刹剎 剂劑 剑劍 剧劇 劝勸 办辦 务務 动動 励勵 劲勁 劳勞 势勢 勋勳 匀勻 区區 医醫
华華 协協 单單 卖賣 卢盧 卫衛 却卻 厂廠 厅廳 历歷 厉厲 压壓 厌厭 厕廁 厢廂 厦廈 厨廚 县縣 参參 双雙 发發 变變 叙敘 叠疊 叶葉 号號 叹嘆
吁籲 后後 吓嚇 吗嗎 吨噸 听聽 启啟 吴吳 呐吶 员員 咨諮 响響 哑啞 唤喚 啰囉 喷噴 团團 园園 围圍 国國 图圖 圆圓 圣聖 场場 坏壞 块塊 坚堅
坛壇 垄壟 垫墊 墙牆 壮壯 声聲 壳殼 处處 备備 复復 够夠 头頭 夹夾 夺奪 奋奮 奖獎 妆妝 妇婦 妈媽 娱娛 婴嬰 孙孫 学學 宁寧 宝寶 实實 宠寵
审審 宪憲 宫宮 宽寬 宾賓 寻尋 对對 导導 寿壽 将將 尔爾 尘塵 尝嘗 尽盡 层層 届屆 属屬 岁歲 岛島 岭嶺 币幣 师師 帐帳 帘簾 带帶 帮幫 并並
广廣 庄莊 庆慶 库庫 应應 庙廟 废廢 开開 异異 弃棄 张張 弥彌 弯彎 弹彈 强強 归歸 当當 录錄 彻徹 径徑 忆憶 忧憂 怀懷 态態 总總 恋戀 恶惡
恳懇 悬懸 惊驚 惯慣 惩懲 愿願 户戶 执執 扩擴 扫掃 扬揚 扰擾 抚撫 抢搶 护護 报報 担擔 拟擬 拣揀 拥擁 择擇 挂掛 挡擋 挤擠 挥揮 损損 换換
据據 掷擲 掺摻 搁擱 搂摟 携攜 摄攝 摆擺 摇搖 撑撐 数數 断斷 无無 旧舊 时時 显顯 晋晉 晒曬 晓曉 暂暫 术術 机機 杀殺 杂雜 权權 条條 来來
杨楊 杰傑 极極 构構 枪槍 柜櫃 标標 栈棧 树樹 样樣 档檔 桥橋 检檢 楼樓 槛檻 横橫 欢歡 欧歐 残殘 毁毀 毕畢 气氣 汇匯 汉漢 汤湯 沟溝 没沒
沪滬 泪淚 泽澤 洁潔 浅淺 测測 济濟 浓濃 涂塗 涛濤 涨漲 润潤 渐漸 温溫 湾灣 湿濕 满滿 滚滾 滞滯 滤濾 滨濱 潜潛 灭滅 灯燈 灵靈 灾災 灿燦
炉爐 点點 炼煉 烂爛 烟煙 烦煩 烧燒 热熱 焕煥 爱愛 爷爺 牵牽 牺犧 犹猶 状狀 独獨 狮獅 狱獄 猎獵 猪豬 猫貓 献獻 玛瑪 环環 现現 珐琺 琼瓊
电電 画畫 畅暢 疗療 疯瘋 痒癢 皱皺 盏盞 盐鹽 监監 盖蓋 盗盜 盘盤 睁睜 矿礦 码碼 砖磚 础礎 确確 碍礙 礼禮 离離 种種 积積 称稱 税稅 稳穩
穷窮 竖豎 竞競 笔筆 签簽 简簡 筹籌 类類 粮糧 紧緊 纠糾 红紅 纤纖 约約 级級 纪紀 纯純 纱紗 纲綱 纳納 纵縱 纷紛 纸紙 纹紋 纺紡 线線 练練
组組 绅紳 细細 织織 终終 绍紹 经經 绑綁 结結 绕繞 给給 络絡 绝絕 统統 继繼 绩績 续續 绪緒 维維 绵綿 综綜 绿綠 缓緩 编編 缘緣 缝縫 缩縮
缴繳 网網 罗羅 罚罰 罢罷 职職 联聯 聪聰 肃肅 肤膚 脏髒 脑腦 腊臘 胜勝 胶膠 脚腳 脸臉 艺藝 节節 芦蘆 苏蘇 苹蘋 范範 茎莖 荐薦 荣榮 药藥
莱萊 莲蓮 获獲 营營 萧蕭 萨薩 葱蔥 蒋蔣 蓝藍 蔷薔 虑慮 虚虛 虫蟲 虽雖 虾蝦 蚀蝕 蛮蠻 蜡蠟 补補 衬襯 袭襲 装裝 裤褲 见見 观觀 规規 视視
览覽 觉覺 触觸 计計 订訂 认認 讨討 让讓 训訓 议議 讯訊 记記 讲講 许許 论論 讼訟 设設 访訪 证證 评評 识識 诈詐 诉訴 诊診 词詞 译譯 试試
诗詩 诚誠 话話 诞誕 询詢 该該 详詳 语語 误誤 说說 请請 诸諸 诺諾 读讀 课課 谁誰 调調 谅諒 谈談 谊誼 谋謀 谢謝 谨謹 谱譜 贝貝 负負 财財
责責 贤賢 败敗 账賬 货貨 质質 贩販 贪貪 购購 贯貫 贱賤 贴貼 贵貴 贷貸 贸貿 费費 贺賀 赁賃 资資 赏賞 赔賠 赖賴 赚賺 赛賽 赠贈 赢贏 赶趕
赵趙 趋趨 跃躍 践踐 踪蹤 车車 轨軌 轩軒 转轉 轮輪 软軟 轻輕 载載 较較 辅輔 辆輛 辈輩 辉輝 输輸 辑輯 边邊 达達 迁遷 过過 迈邁 运運 还還
这這 进進 远遠 违違 连連 迟遲 适適 选選 逊遜 递遞 逻邏 遗遺 邮郵 邻鄰 郑鄭 酱醬 释釋 里裡 针針 钉釘 钓釣 钙鈣 钛鈦 钞鈔 钟鐘 钢鋼 钥鑰
钩鉤 钮鈕 钱錢 钻鑽 铁鐵 铃鈴 铅鉛 铜銅 铝鋁 铭銘 银銀 铺鋪 链鏈 销銷 锁鎖 锅鍋 锋鋒 错錯 锡錫 锦錦 键鍵 锻鍛 镇鎮 镜鏡 长長 门門 闪閃
闭閉 问問 闲閒 间間 闸閘 闹鬧 闻聞 阅閱 队隊 阳陽 阴陰 阵陣 阶階 际際 陆陸 陈陳 险險 随隨 隐隱 难難 雾霧 韩韓 页頁 顶頂 项項 顺順 须須
顾顧 顿頓 颁頒 预預 领領 颇頗 频頻 颖穎 颗顆 题題 颜顏 额額 风風 飞飛 饥飢 饭飯 饮飲 饰飾 饱飽 饼餅 馆館 馈饋 马馬 驻駐 驾駕 驿驛 验驗
骑騎 骗騙 骤驟 鱼魚 鲁魯 鲜鮮 鸟鳥 鸡雞 鸣鳴 鸭鴨 鸿鴻 鹅鵝 麦麥 黄黃 齐齊 齿齒 龄齡 龙龍 龟龜 万萬 采採 准準 拨撥 揽攬 游遊 讫訖 韵韻
颂頌 周週
"""
# Where a simplified character stands for several, itself among them, or for one in few words only: read, but not written.
_ONE_WAY: Final = """
台檯 表錶 签籤 挂罣 扣釦 系繫 系係 铺舖 线綫 启啓 为爲 里裏 汇彙 托託 尽儘 并併 只隻 回迴 志誌 群羣 床牀 鉴鑑 复複 舍捨 干乾 冲沖 冲衝
制製 泄洩 征徵 注註 布佈 伙夥 挚摯 台臺 秽穢 钟鍾 获穫 发髮 占佔 须鬚 松鬆 昵暱
"""
_TO_SIMPLIFIED: Final = {ord(pair[1]): pair[0] for pair in (_PAIRS + _ONE_WAY).split()}
_TO_TRADITIONAL: Final = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_TO_OTHER: Final = {"zh-Hans": _TO_TRADITIONAL, "zh-Hant": _TO_SIMPLIFIED}


def other_writing(code: str, phrase: str) -> str | None:
    """A phrase of Chinese in the other writing; None if it is the same there, or of another language.

    >>> other_writing("zh-Hans", "订单编号"), other_writing("zh-Hant", "訂單編號"), other_writing("zh-Hans", "支付")
    ('訂單編號', '订单编号', None)
    """
    table = _TO_OTHER.get(code)
    other = phrase.translate(table) if table is not None else phrase
    return other if other != phrase else None
