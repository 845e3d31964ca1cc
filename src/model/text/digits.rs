//! The digits of a whole number as texts print them.

/// A whole number with its digits in groups of three, where it has at least so many digits.
pub fn grouped_digits(number: i64, separator: char, from_digits: usize) -> String {
    let digits = number.unsigned_abs().to_string();
    let separators = digits.len() / 3 * separator.len_utf8();
    let mut text = String::with_capacity(1 + digits.len() + separators);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        let begins_group = place > 0 && (digits.len() - place).is_multiple_of(3);
        if begins_group && digits.len() >= from_digits {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped_digits;

    #[test]
    fn digits_are_grouped_from_so_many_on() {
        let said =
            [0, 999, 1_000, 969_870_000, -26_300].map(|number| grouped_digits(number, ',', 4));
        assert_eq!(said, ["0", "999", "1,000", "969,870,000", "-26,300"]);
        let said = [4999, 13176, i64::MIN].map(|number| grouped_digits(number, '.', 5));
        assert_eq!(said, ["4999", "13.176", "-9.223.372.036.854.775.808"]);
    }
}
