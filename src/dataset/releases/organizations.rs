//! What the organizations of memberships were called before each had a code, in releases up to 1.1.0.

/// The code of an organization, by the name that stood in its place.
pub(crate) fn code_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "Enhanced Partnership in Northern Europe (E-PINE)" => "E-PINE",
        "Global Peace Operations Initiative" => "GPOI",
        "Gulf Cooperation Council" => "GCC",
        "Inter-American Treaty of Reciprocal Assistance (Rio Pact)" => "RIO-PACT",
        "Major Non-NATO Allies of the United States" => "MNNA",
        "Multinational Force and Observers" => "MFO",
        "NATO Enhanced Opportunities Partners" => "NATO-EOP",
        "NATO Mediterranean Dialogue" => "NATO-MD",
        "NATO Partnership Training and Education Centres network" => "NATO-PTEC",
        "NATO Partnership for Peace" => "NATO-PFP",
        "National Guard State Partnership Program" => "SPP",
        "North Atlantic Treaty Organization" => "NATO",
        "Organisation for Economic Co-operation and Development" => "OECD",
        "Organization of American States" => "OAS",
        "Quadrilateral Security Dialogue (Quad)" => "QUAD",
        "Ukraine Defense Contact Group" => "UDCG",
        "United Nations" => "UN",
        "United Nations Command (Korea)" => "UNC",
        "United States-Colombia Action Plan participating countries" => "USCAP",
        _ => return None,
    })
}
