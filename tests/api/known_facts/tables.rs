//! What the sources say, one fact a line.

/// One figure a line: record, US dollars, qualifier, least and most, period and date, stage or measure,
/// source, locator. `-` is null. A period that ends in `-` has no stated end.
pub(super) const FACT_SHEET: &str = "
assistance-funding/col-fmf-2017-2023 | 278_000_000 | approximately | 277_500_000 | 278_500_000 | FY 2017-2023 | provided | seed-state-pm-colombia | Foreign Military Financing
assistance-funding/col-imet-2020-2024 | 8_690_000 | exact | 8_685_000 | 8_695_000 | FY 2020-2024 | provided | seed-state-pm-colombia | Foreign Military Financing
assistance-funding/col-nadr-cwd-since-2017 | 147_000_000 | exact | 146_500_000 | 147_500_000 | FY 2017- | provided | seed-state-pm-colombia | Conventional Weapons Destruction Assistance
assistance-funding/col-nadr-cwd-2023-risk-education-and-removal | 21_000_000 | exact | 20_500_000 | 21_500_000 | FY 2023-2023 | provided | seed-state-pm-colombia | Conventional Weapons Destruction Assistance
assistance-funding/col-total-security-assistance-2023 | 90_000_000 | more_than | 90_000_000 | - | FY 2023-2023 | provided | seed-state-pm-colombia | U.S. Security Assistance to Colombia
assistance-funding/col-gpoi-2010-2016 | 200_000 | less_than | 0 | 200_000 | FY 2010-2016 | provided | seed-state-pm-colombia | International Peacekeeping
arms-sales/col-fms-active-cases | 71_600_000 | approximately | 71_550_000 | 71_650_000 | - | active_cases | seed-state-pm-colombia | Arms Sales and Defense Trade
arms-sales/col-dcs-exports-2021-2023 | 172_370_000 | approximately | 172_365_000 | 172_375_000 | FY 2021-2023 | authorized_exports | seed-state-pm-colombia | Arms Sales and Defense Trade
";

/// As above: the years before and after, notifications and transfers, from other sources.
pub(super) const OTHER_SOURCES: &str = "
assistance-funding/col-fmf-1999 | 400_000 | approximately | 350_000 | 450_000 | FY 1999-1999 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-fmf-2003 | 17_100_000 | approximately | 17_050_000 | 17_150_000 | FY 2003-2003 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-fmf-2006 | 89_100_000 | exact | 89_100_000 | 89_100_000 | FY 2006-2006 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-fmf-2007 | 85_500_000 | exact | 85_500_000 | 85_500_000 | FY 2007-2007 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-fmf-2007-actual | 85_500_000 | exact | 85_499_500 | 85_500_500 | FY 2007-2007 | actual | state-m-colombia-2008 | Security Assistance Funding table ($ in thousands, source: 2009 CBJ)
assistance-funding/col-fmf-2008-estimate | 55_050_000 | exact | 55_049_500 | 55_050_500 | FY 2008-2008 | estimate | state-m-colombia-2008 | Security Assistance Funding table ($ in thousands, source: 2009 CBJ)
assistance-funding/col-fmf-2009-request | 66_390_000 | exact | 66_389_500 | 66_390_500 | FY 2009-2009 | request | state-m-colombia-2008 | Security Assistance Funding table ($ in thousands, source: 2009 CBJ)
assistance-funding/col-fmf-2023-appropriated | 38_500_000 | exact | 38_450_000 | 38_550_000 | FY 2023-2023 | appropriated | isacson-budget-2023 | Table: U.S. Assistance to Colombia in the State/Foreign Operations Appropriation
assistance-funding/col-fmf-2025-request | 38_500_000 | exact | 38_450_000 | 38_550_000 | FY 2025-2025 | request | washobs-2025 | List of funding priorities
assistance-funding/col-imet-2000 | 900_000 | approximately | 850_000 | 950_000 | FY 2000-2000 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-imet-2006-justf | 1_673_000 | exact | 1_673_000 | 1_673_000 | FY 2006-2006 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-imet-2007-actual | 1_646_000 | exact | 1_645_500 | 1_646_500 | FY 2007-2007 | actual | state-m-colombia-2008 | Security Assistance Funding table ($ in thousands, source: 2009 CBJ)
assistance-funding/col-incle-2000 | 666_250_000 | approximately | 666_245_000 | 666_255_000 | FY 2000-2000 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-incle-2006 | 350_248_000 | exact | 350_248_000 | 350_248_000 | FY 2006-2006 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-incle-2023-appropriated | 175_000_000 | exact | 174_950_000 | 175_050_000 | FY 2023-2023 | appropriated | isacson-budget-2023 | Table: U.S. Assistance to Colombia in the State/Foreign Operations Appropriation
assistance-funding/col-aci-2003 | 433_500_000 | approximately | 433_450_000 | 433_550_000 | FY 2003-2003 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-section-1004-2003 | 164_800_000 | approximately | 164_750_000 | 164_850_000 | FY 2003-2003 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-section-1004-2000-imagery | 452_000 | exact | 451_500 | 452_500 | FY 2000-2000 | provided | cip-1004co | 2000: table
assistance-funding/col-section-1033-1999 | 13_500_000 | approximately | 13_450_000 | 13_550_000 | FY 1999-1999 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-drawdown-506-1999 | 58_000_000 | approximately | 57_500_000 | 58_500_000 | FY 1999-1999 | provided | cip-aidtable-2007 | Military and Police Assistance Programs (millions of dollars)
assistance-funding/col-drawdown-506-1999-colombian-armed-forces-ordered | 48_000_000 | more_than | 48_000_000 | - | FY 1999-1999 | ordered | cip-edrco | 1999
assistance-funding/col-nadr-2007-actual | 4_086_000 | exact | 4_085_500 | 4_086_500 | FY 2007-2007 | actual | state-m-colombia-2008 | Security Assistance Funding table ($ in thousands, source: 2009 CBJ)
assistance-funding/col-nadr-ata-2006-justf | 5_176_000 | exact | 5_176_000 | 5_176_000 | FY 2006-2006 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-nadr-hd-2007 | 691_000 | exact | 691_000 | 691_000 | FY 2007-2007 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-nadr-cwd-since-2006 | 101_500_000 | exact | 101_450_000 | 101_550_000 | FY 2006- | provided | state-cwd-colombia | Body text, on NADR-CWD, since 2006
assistance-funding/col-mine-action-all-2022-reported | 24_587_000 | exact | 24_586_500 | 24_587_500 | CY 2022-2022 | reported | monitor-2023 | International contributions table
assistance-funding/col-mine-action-all-since-2001 | 135_000_000 | more_than | 135_000_000 | - | FY 2001- | provided | state-cwd-colombia | Body text, on mine action, since 2001
assistance-funding/col-plan-colombia-2000-2001-appropriated | 860_300_000 | approximately | 860_250_000 | 860_350_000 | FY 2000-2001 | appropriated | cip-aidsumm-2000 | II. An overview of Colombia's $860.3 million
assistance-funding/col-plan-colombia-2000-2001-military-assistance-appropriated | 519_200_000 | approximately | 519_150_000 | 519_250_000 | FY 2000-2001 | appropriated | cip-aidsumm-2000 | II. An overview of Colombia's $860.3 million
assistance-funding/col-total-us-aid-2000-2008 | 6_000_000_000 | more_than | 6_000_000_000 | - | FY 2000-2008 | provided | gao-09-71 | Abstract
assistance-funding/col-total-us-aid-2000-2020-appropriated | 12_000_000_000 | less_than | 0 | 12_000_000_000 | FY 2000-2020 @2020-10 | appropriated | crs-r43813-2020 | Summary
assistance-funding/col-total-military-police-2006 | 581_832_053 | exact | 581_832_053 | 581_832_053 | FY 2006-2006 | provided | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
assistance-funding/col-total-military-police-2000-2016 | 7_060_000_000 | approximately | 7_055_000_000 | 7_065_000_000 | FY 2000-2016 | provided | wola-plancol-2016 | Opening paragraph
assistance-funding/col-total-state-usaid-2025-house-committee | 208_000_000 | exact | 207_500_000 | 208_500_000 | FY 2025-2025 | house_committee | pledge-fy2025 | Body text, on State and USAID aid, 2025
assistance-funding/col-regional-centers-2007-apcss | 2_388 | exact | 2_388 | 2_388 | FY 2007-2007 | estimate | justf-2010-04 | Grant military and police aid to Colombia, All Programs, 2006-2011
arms-sales/col-dcs-exports-2007 | 180_530_050 | exact | 180_530_050 | 180_530_050 | FY 2007-2007 | authorized_exports | state-m-colombia-2008 | Direct Commercial Sales (2007 Section 655 Report)
arms-sales/col-fms-deliveries-2007 | 231_384_000 | exact | 231_384_000 | 231_384_000 | FY 2007-2007 | deliveries | justf-fms-2007 | Body text, on FMS deliveries, 2007
arms-sales/col-fms-deliveries-2010 | 455_000_000 | more_than | 455_000_000 | - | FY 2010-2010 | deliveries | sa-fms-2010 | Body text, on FMS deliveries, 2010
arms-sales/col-fms-deliveries-2010-uh60 | 192_734_000 | exact | 192_734_000 | 192_734_000 | FY 2010-2010 | deliveries | sa-fms-2010 | Top 20 items
arms-sales/col-fms-notification-1987-uh60 | 36_000_000 | approximately | - | - | @1987-06 | notification | lat-1987 | Body, last sentence
arms-sales/col-fms-notification-1999-uh60l | 221_000_000 | approximately | - | - | @1999 | notification | defaero-uh60-14 | Second paragraph, and the sixth on the contractor
arms-sales/col-fms-notification-2010-uh60l | 162_000_000 | approximately | - | - | @2010 | notification | infodefensa-2010 | First paragraph, and the sixth on the contractor (Spanish)
arms-sales/col-grant-proposed-2000-helicopters | 600_000_000 | exact | 599_500_000 | 600_500_000 | @2000-01-11 | proposed | aca-2000 | Body text, on the proposal of 30 UH-60L helicopters
arms-sales/col-purchases-1996-2012 | 3_000_000_000 | less_than | 0 | 3_000_000_000 | CY 1996-2012 @2012-04 | agreements | colrep-panetta-2012 | Body text, on sales signed, 1996 to 2012
arms-sales/col-eda-deliveries-m1117-2021-2026 | 117_000_000 | more_than | 117_000_000 | - | CY 2021-2026 @2026-02-09 | deliveries | uni-m1117-2026 | Body text, on EDA deliveries, 2021 to 2026
";

/// As above: memoranda, statements and fact sheets of the White House of 2021 to 2025, on other partners.
pub(super) const WHITE_HOUSE: &str = "
assistance-funding/ukr-drawdown-2021-08-27 | 60_000_000 | less_than | 0 | 60_000_000 | FY 2021-2021 @2021-08-27 | ordered | wh-2021-08-27-memo-506a1 | Paragraph 3
assistance-funding/ukr-drawdown-2022-02-25 | 350_000_000 | less_than | 0 | 350_000_000 | FY 2022-2022 @2022-02-25 | ordered | wh-2022-02-25-memo-506a1-614a1 | Paragraph 5
assistance-funding/ukr-drawdown-11-2022-06 | 700_000_000 | less_than | 0 | 700_000_000 | FY 2022-2022 @2022-06-01 | ordered | wh-2022-06-01-memo-506a1 | Paragraph 3
assistance-funding/ukr-drawdown-19-2022-08 | 775_000_000 | less_than | 0 | 775_000_000 | FY 2022-2022 @2022-08-19 | ordered | wh-2022-08-19-memo-506a1 | Paragraph 3
assistance-funding/ukr-drawdown-23-2022-10 | 725_000_000 | less_than | 0 | 725_000_000 | FY 2023-2023 @2022-10-14 | ordered | wh-2022-10-14-memo-506a1 | Paragraph 3
assistance-funding/ukr-drawdown-2023-01-06 | 2_850_000_000 | less_than | 0 | 2_850_000_000 | FY 2023-2023 @2023-01-06 | ordered | wh-2023-01-06-memo-506a1 | Paragraph 3
assistance-funding/ukr-drawdown-2023-06 | 500_000_000 | less_than | 0 | 500_000_000 | FY 2023-2023 @2023-06-27 | ordered | wh-2023-06-27-memo-506a1 | Paragraph 4
assistance-funding/ukr-drawdown-2023-09-21 | 128_000_000 | approximately | 127_500_000 | 128_500_000 | FY 2023-2023 @2023-09-21 | ordered | wh-2023-09-21-memo-506a1-614a1 | Paragraph 5
assistance-funding/ukr-drawdown-2023-12-12 | 200_000_000 | exact | 199_500_000 | 200_500_000 | FY 2024-2024 @2023-12-12 | ordered | wh-2023-12-12-ukr-remarks | Paragraph 30
assistance-funding/ukr-drawdown-2024-09-26 | 5_550_000_000 | less_than | 0 | 5_550_000_000 | FY 2024-2024 @2024-09-26 | ordered | wh-2024-09-26-memo-506a1 | Paragraph 3
assistance-funding/ukr-drawdown-552-2022-03-16 | 10_000_000 | less_than | 0 | 10_000_000 | FY 2022-2022 @2022-03-16 | ordered | wh-2022-03-16-memo-552c2 | Paragraph 3
assistance-funding/ukr-waiver-614-2024-04-24 | 145_000_000 | less_than | 0 | 145_000_000 | FY 2024-2024 @2024-04-24 | planned | wh-2024-04-24-memo-614a1 | Paragraph 3
assistance-funding/ukr-waiver-614-2023-09-21 | 128_000_000 | approximately | 127_500_000 | 128_500_000 | FY 2023-2023 @2023-09-21 | planned | wh-2023-09-21-memo-506a1-614a1 | Paragraph 4
assistance-funding/ukr-usai-2022-08-24 | 2_980_000_000 | approximately | 2_975_000_000 | 2_985_000_000 | @2022-08-24 | planned | wh-2022-08-24-ukr-statement | Paragraph 2
assistance-funding/ukr-usai-2024-12-30 | 1_220_000_000 | exact | 1_215_000_000 | 1_225_000_000 | @2024-12-30 | planned | wh-2024-12-30-ukr-statement | Paragraph 2
assistance-funding/ukr-total-since-2022-02-wh-2022-12-21 | 20_000_000_000 | more_than | 20_000_000_000 | - | CY 2022- @2022-12-21 | mixed | wh-2022-12-21-ukr-remarks | Paragraph 140
assistance-funding/ukr-request-usai-2022-04 | 6_000_000_000 | exact | 5_500_000_000 | 6_500_000_000 | @2022-04-28 | request | wh-2022-04-28-ukr-fact-sheet | Paragraph 7
assistance-funding/twn-drawdown-2024-12-20 | 571_300_000 | less_than | 0 | 571_300_000 | FY 2025-2025 @2024-12-20 | ordered | wh-2024-12-20-memo-506a3 | Paragraph 4
assistance-funding/lbn-drawdown-2021-09-07 | 22_000_000 | less_than | 0 | 22_000_000 | FY 2021-2021 @2021-09-07 | ordered | wh-2021-09-07-memo-506a1-552c2 | Paragraph 3
assistance-funding/hti-drawdown-2024-04-12 | 60_000_000 | less_than | 0 | 60_000_000 | FY 2024-2024 @2024-04-12 | ordered | wh-2024-04-12-memo-506a2 | Paragraph 4
assistance-funding/afg-drawdown-2021-07-23 | 200_000_000 | less_than | 0 | 200_000_000 | FY 2021-2021 @2021-07-23 | ordered | wh-2021-07-23-memo-506a2 | Paragraph 2
assistance-funding/afg-total-since-2002 | 88_000_000_000 | less_than | 0 | 88_000_000_000 | CY 2002-2021 @2021-06-25 | provided | wh-2021-06-25-afg-fact-sheet | Paragraph 3
assistance-funding/isr-missile-defense-2022 | 1_000_000_000 | exact | 500_000_000 | 1_500_000_000 | @2022-07-14 | provided | wh-2022-07-14-isr-statement | Paragraph 6
assistance-funding/phl-fmf-2024-08 | 500_000_000 | exact | 499_500_000 | 500_500_000 | FY 2024-2024 @2024-08-20 | planned | wh-2024-08-20-phl-readout | Paragraph 1 (FY2024)
assistance-funding/ken-total-since-2020 | 230_000_000 | more_than | 230_000_000 | - | CY 2020-2024 @2024-05-23 | provided | wh-2024-05-23-ken-fact-sheet | Paragraph 191
assistance-funding/per-incle-since-2015 | 350_000_000 | more_than | 350_000_000 | - | FY 2015- @2024-11-15 | provided | wh-2024-11-15-per-fact-sheet | Paragraph 6 (FY2015)
assistance-funding/ago-demining-since-1995 | 164_000_000 | more_than | 164_000_000 | - | CY 1995-2024 @2024-12-03 | provided | wh-2024-12-03-ago-fact-sheet | Paragraph 16
assistance-funding/cri-cyber-2023-03 | 25_000_000 | exact | 24_500_000 | 25_500_000 | @2023-03-31 | planned | wh-2023-03-31-cri-statement | Paragraph 1
";

/// Deployments: record, organization, missions, areas, role, personnel, women, years, status, source.
pub(super) const DEPLOYMENTS: &str = "
col-minusca-minurso-experts | UN | MINUSCA,MINURSO | CAF,ESH | expert_on_mission | 4 | 3 | - | deployed | seed-state-pm-colombia
col-unifil-staff-officer | UN | UNIFIL | LBN | staff_officer | 1 | 0 | - | deployed | seed-state-pm-colombia
col-mfo-contingent-fact-sheet | MFO | MFO-SINAI | EGY | personnel | 275 | - | - | deployed | seed-state-pm-colombia
col-unprofor-observers-police | UN | UNPROFOR | HRV,BIH | observers_and_police | - | - | CY 1992-1995 | deployed | seed-state-pm-colombia
col-ocean-shield-2015 | NATO | OCEAN-SHIELD | SOM | ship | - | - | CY 2015-2015 | deployed | seed-state-pm-colombia
col-atalanta-staff-2021 | EU | ATALANTA | ESP | staff_officer | 2 | - | CY 2021- @2021-06-22 | deployed | eunavfor-2021
col-korean-war-battalion | UNC | KOREAN-WAR | KOR | troops | 5_100 | - | CY 1951-1954 | deployed | unc-colombia
col-mfo-contingent-2015 | MFO | MFO-SINAI | EGY | military_observer | 357 | - | CY 1982- @2015-01 | deployed | ipi-profile-2016
col-minustah-police-2015 | UN | MINUSTAH | HTI | police | 22 | - | @2015-01-28 | deployed | icp-2015
col-minurso-observer-2020 | UN | MINURSO | ESH | military_observer | 1 | 1 | CY 2020- @2020-02 | deployed | dialogo-minurso
col-ukraine-demining-training | - | UKRAINE-TRAINING | - | engineers | 11 | - | CY 2022- @2022-05-23 | announced | reuters-ukraine-2022
";

/// Agreements: record, kind, signed, in force, status, source, locator.
pub(super) const AGREEMENTS: &str = "
col-us-mnna-designation | designation | 2022-05-23 | - | in_force | seed-state-pm-colombia | U.S. Defense Cooperation with Colombia
col-us-mnna-designation | designation | 2022-05-23 | - | in_force | wh-2022-05-23-col-memo | Paragraph 4 and heading
col-rio-treaty | treaty | 1947-09-02 | 1948-12-03 | in_force | oas-b29 | Table: Colombia row and header
col-rio-treaty | treaty | 1947-09-02 | 1948-12-03 | in_force | seed-state-pm-colombia | U.S. Defense Cooperation with Colombia
col-us-acsa | agreement | 2012 | - | in_force | seed-state-pm-colombia | Colombia’s Security & Defense Agreements
col-us-terrorist-data-arrangement | arrangement | - | - | in_force | seed-state-pm-colombia | Colombia’s Security & Defense Agreements
col-nato-itpp-2021 | partnership_programme | 2021-12-08 | - | in_force | seed-state-pm-colombia | Colombia’s Partnership with NATO
col-nato-ipcp-2017 | partnership_programme | 2017-05 | - | superseded | nato-ptec-2019 | Body text, on NATO-Colombia Individual Partnership and Cooperation Programme of 2017
col-nato-ipcp-2019 | partnership_programme | 2019-05 | - | superseded | nato-topic-colombia | Bullet list
col-nato-information-security-2013 | agreement | 2013-06-25 | - | approved | merco-nato-2013 | Body text, on NATO-Colombia agreement on cooperation and security of information
col-us-mutual-defense-assistance-1952 | agreement | 1952-04-17 | 1952-04-17 | in_force | docstoc-colombia-agreements | TIAS 2496
col-us-military-missions-1974 | agreement | 1974-10-07 | 1975-04-16 | in_force | docstoc-colombia-agreements | TIAS 8986
col-us-end-use-monitoring-1997 | memorandum | 1997-08-01 | - | signed | eum-encyclopedia | Body text, on the End-Use Monitoring Memorandum of Understanding
col-us-ship-boarding-1997 | agreement | 1997 | - | signed | geoiq-colombia | Body text, on the Maritime ship-boarding agreement
col-us-dca-2009 | agreement | 2009-10-30 | - | suspended | justf-dca-2010 | Body text, on the Supplemental Agreement for Cooperation and Technical Assistance in Defense and Security
col-eu-crisis-management-2014 | agreement | 2014-08-05 | 2020 | in_force | revistaoperacional-2014 | Body text (Portuguese), on EU-Colombia framework agreement on participation in crisis management operations
col-un-standby-2015 | agreement | 2015-01-26 | - | approved | corteconst-c214-17 | Title and operative part (Spanish)
col-us-uscap-2012 | political_initiative | 2012-04-15 | - | active | dialogo-uscap-2012 | Body text, on United States-Colombia Action Plan on Regional Security Cooperation
col-us-spp-south-carolina | partnership_programme | 2012-07-23 | - | active | dialogo-spp-2012 | Body text, on the State Partnership Program: South Carolina and Colombia
col-oecd-accession-2018 | agreement | 2018-05-30 | 2020-04-28 | in_force | spainsnews-oecd | Body text, on OECD accession agreement
";

/// Memberships: record, role, active, since, source, locator.
pub(super) const MEMBERSHIPS: &str = "
col-major-non-nato-allies | designated_ally | true | 2022-05-23 | seed-state-pm-colombia | U.S. Defense Cooperation with Colombia
col-rio-pact | party | true | 1948-02-03 | oas-b29 | Colombia row
col-nato | partner | true | 2017 | seed-state-pm-colombia | Colombia’s Partnership with NATO
col-nato-ptec | member | true | 2019-03-15 | seed-state-pm-colombia | Colombia’s Partnership with NATO
col-oas | member | true | 1948 | seed-state-pm-colombia | Colombia’s Membership in International Organizations
col-oecd | member | true | 2020-04-28 | seed-state-pm-colombia | Colombia’s Membership in International Organizations
col-un | contributor | true | - | seed-state-pm-colombia | International Peacekeeping
col-mfo | contributor | true | 1982-04 | seed-state-pm-colombia | International Peacekeeping
col-gpoi | partner | false | - | seed-state-pm-colombia | International Peacekeeping
col-unc | contributor | true | 1951 | unc-colombia | Body text, on the United Nations Command
col-state-partnership-program | partner | true | 2012-07-23 | dialogo-spp-2012 | Body text, on the State Partnership Program
";

/// Cooperation: record, area, counterpart, years, a word of its summary, locator in the fact sheet.
pub(super) const COOPERATION: &str = "
col-nato-partnership | relations | NATO | CY 2017- | first in Latin America | Colombia’s Partnership with NATO
col-nato-interoperability | interoperability | NATO | CY 2021- | 2021 | Colombia’s Partnership with NATO
col-nato-training-and-exercises | training | NATO | CY 2021- | exercises | Colombia’s Partnership with NATO
col-nato-cyber-security | cyber_security | NATO | CY 2021- | 2021 | Colombia’s Partnership with NATO
col-nato-demining-projects | demining | NATO | - | demining | Colombia’s Partnership with NATO
col-nato-demining-training | demining | NATO | CY 2019- | NATO members | Colombia’s Partnership with NATO
col-nato-maritime-security | maritime_security | NATO | - | maritime | Colombia’s Partnership with NATO
col-nato-ocean-shield | maritime_security | NATO | CY 2015-2015 | piracy | Colombia’s Partnership with NATO
col-demining-counternarcotics | counternarcotics | NATO | - | counternarcotics | Colombia’s Partnership with NATO
col-humanitarian-demining-role | demining | NATO | - | improvised explosive devices | Colombia’s Partnership with NATO
col-ukraine-humanitarian-assistance | humanitarian_assistance | Ukraine | - | solidarity | Colombia’s Assistance to Ukraine
col-ukraine-demining-training | demining | Ukraine | CY 2022- | Ukrainian soldiers | Colombia’s Assistance to Ukraine
col-us-human-rights | human_rights | United States | - | human rights | Colombia’s Membership in International Organizations
col-us-regional-migration | migration | United States | - | igration | Colombia’s Membership in International Organizations
col-us-mnna-eligibility | defense_trade | United States | CY 2022- | loans or loan guarantees | U.S. Defense Cooperation with Colombia
";

/// Programs: record, kind, what contains it, a word of its purpose, source.
pub(super) const PROGRAMS: &str = "
FMF | account | TOTAL-SECURITY-ASSISTANCE | defense articles, services and training | seed-state-pm-colombia
IMET | account | TOTAL-SECURITY-ASSISTANCE | military schools | seed-state-pm-colombia
NADR | account | TOTAL-SECURITY-ASSISTANCE | nonproliferation | seed-state-pm-colombia
NADR-CWD | part | NADR | humanitarian demining | seed-state-pm-colombia
PKO | account | TOTAL-STATE-USAID | peace operations | seed-state-pm-colombia
GPOI | part | PKO | peacekeepers | seed-state-pm-colombia
FMS | channel | - | from government to government | seed-state-pm-colombia
DCS | channel | - | license | seed-state-pm-colombia
BPC | channel | - | paid by U.S. programs | seed-state-pm-colombia
INCLE | account | COUNTERNARCOTICS-ALL | interdiction | justf-2010-04
SECTION-1004 | authority | DOD-COUNTERDRUG | counter-drug | cip-1004co
";
