//! Notices of arms sales as their sources print them, one a line.

/// One notice a line: record, partner, US dollars, qualifier, least and most, date, confidence, source, locator. `-`
/// is null.
pub(super) const NOTICES: &str = "
are-fms-notification-2026-thaad-radar | ARE | 4_500_000_000 | approximately | - | - | 2026-03-19 | medium | macro-fms-case-graph | case_key fms:transmittal:26-41
arg-fms-notification-2019-p3c | ARG | 78_032_000 | approximately | - | - | 2019-12-19 | high | defaero-arg-2019 | First paragraph
bhr-fms-notification-2017-patrol-boats | BHR | 60_250_000 | approximately | - | - | 2017-09-08 | medium | trend-bhr-2017 | Second to fourth paragraph
bra-fms-notification-2005-mk48 | BRA | 60_000_000 | less_than | 0 | 60_000_000 | 2005-09-28 | high | defencetalk-bra-2005 | First and second paragraph
chl-fms-notification-2009-howitzers | CHL | 275_000_000 | approximately | - | - | 2009-06-12 | high | aviationnews-chl-2009 | First paragraph
col-fms-notification-2012-uh60l | COL | 87_000_000 | less_than | 0 | 87_000_000 | 2012-07-27 | medium | xairforces-col-tha-2012 | Second paragraph
deu-fms-notification-2023-ch47f | DEU | 8_500_000_000 | approximately | - | - | 2023-05-11 | high | fr-2026-11403 | 91 FR 34611, (iii), first paragraph, on Transmittal No. 23-26
deu-fms-notification-2026-ch47f-modification | DEU | 8_500_000_000 | approximately | - | - | 2026-05-19 | high | fr-2026-11403 | 91 FR 34611-34612, (iii), last paragraph, Transmittal No. 26-1C
dnk-fms-notification-2026-hellfire | DNK | 45_000_000 | approximately | - | - | 2026-01-08 | high | dsca-4373826 | Body, Transmittal No. 25-101, paragraph beginning with the request
egy-fms-notification-2024-tactical-vehicles | EGY | 200_000_000 | approximately | - | - | 2024-01-10 | medium | islamtimes-egy-2024 | First paragraph, quoting the release
est-fms-notification-2022-himars | EST | 500_000_000 | less_than | 0 | 500_000_000 | 2022-07-15 | medium | urdupoint-est-2022 | Second paragraph, quoting the release
fin-fms-notification-2020-fa18 | FIN | 14_700_000_000 | approximately | - | - | 2020-10-09 | medium | urdupoint-fin-2020 | Third paragraph
gbr-fms-notification-2020-transmittal-20-76 | GBR | 401_300_000 | approximately | - | - | 2020-09-24 | high | crec-2020-09-29 | S5944, letter on Transmittal No. 20-76
grc-fms-notification-2022-transmittal-22-50 | GRC | 162_070_000 | approximately | - | - | 2022-08-03 | high | crec-2022-08-03 | S3907, letter on Transmittal No. 22-50
idn-fms-notification-2020-mv22 | IDN | 2_000_000_000 | approximately | - | - | 2020-07-06 | medium | upi-idn-2020 | First paragraph
idn-fms-notification-2022-f15id | IDN | 13_900_000_000 | less_than | 0 | 13_900_000_000 | 2022-02-10 | medium | reuters-idn-2022 | First paragraph
irq-fms-notification-2026-vsat | IRQ | 110_000_000 | approximately | - | - | 2026-01-14 | high | dsca-4379668 | Body, Transmittal No. 24-121, paragraph beginning with the request
isr-fms-notification-2024-f15ia | ISR | 18_820_000_000 | approximately | - | - | 2024-08-13 | medium | dailyvantage-isr-2024 | Fourth to sixth paragraph
jor-fms-notification-2026-kumrfs | JOR | 280_000_000 | approximately | - | - | 2026-02-26 | high | fr-2026-07278 | 91 FR 20139-20140, Transmittal No. 26-23, (ii) and policy justification
kwt-fms-notification-2016-fa18 | KWT | 10_100_000_000 | approximately | - | - | 2016 | medium | defensenews-2016-12-08 | Third paragraph
lby-fms-notification-2014-force-training | LBY | 600_000_000 | approximately | - | - | 2014-01-31 | high | fr-2014-01988 | 79 FR 5385, Transmittal No. 13-74, (ii)
mar-fms-notification-2019-tow | MAR | 776_000_000 | approximately | - | - | 2019 | medium | standfair-mar-2019 | Second and third paragraph
mex-fms-notification-2014-uh60m | MEX | 680_000_000 | approximately | - | - | 2014-04-17 | medium | stayingsafe-mex-2014 | First paragraph
mex-fms-notification-2018-harpoon | MEX | 98_400_000 | approximately | - | - | 2018-01-05 | medium | xinhua-mex-2018 | Second paragraph
nga-fms-notification-2025-munitions | NGA | 346_000_000 | approximately | - | - | 2025-08-13 | medium | premiumtimes-nga-2025 | Sixth paragraph, quoting the release
pol-fms-notification-2023-patriot | POL | 15_000_000_000 | approximately | - | - | 2023-06-29 | medium | novinite-pol-2023 | First paragraph
sau-fms-notification-2026-pac3-mse | SAU | 9_000_000_000 | approximately | - | - | 2026-01-30 | high | dsca-4394629 | Body, Transmittal No. 26-13, paragraph beginning with the request
sgp-fms-notification-2026-gmlrs | SGP | 83_140_000 | approximately | - | - | 2026-04-01 | high | fr-2026-09003 | 91 FR 24849-24850, Transmittal No. 26-24, (ii) and policy justification
swe-fms-notification-2026-himars | SWE | 930_000_000 | approximately | - | - | 2026-03-10 | high | fr-2026-07237 | 91 FR 19115-19116, Transmittal No. 26-27, (ii) and policy justification
twn-fms-notification-2025-tactical-mission-network | TWN | 1_010_000_000 | approximately | - | - | 2025-12-17 | high | dsca-twn-2025-12-17 | First paragraph
ukr-fms-notification-2019-javelin | UKR | 39_200_000 | less_than | 0 | 39_200_000 | 2019-10-03 | medium | defenceblog-ukr-2019 | Fourth paragraph
";
