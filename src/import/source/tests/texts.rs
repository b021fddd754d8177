use super::super::{Rows, Source, header};
use super::{all, shown};

#[test]
fn texts_are_rows_as_they_are() {
    let rows = [
        vec!["id", "no,te"],
        vec!["1", "\"x\" \n\"\""],
        vec!["2"],
        vec![],
    ];
    let mut texts = Rows::new(rows.into_iter().map(Ok::<_, String>));
    assert_eq!(header(&mut texts).unwrap(), ["id", "no,te"]);
    let found = all(&mut texts);
    assert_eq!(shown(&found), ["2: 1|\"x\" \n\"\"", "3: 2", "4: "]);
    assert_eq!(texts.bytes(), 21);
}

#[test]
fn an_error_ends_them() {
    let rows = [Ok(["a"]), Err("the cursor is closed"), Ok(["b"])];
    let mut texts = Rows::new(rows.into_iter());
    assert_eq!(shown(&all(&mut texts)), ["1: a", "2! the cursor is closed"]);
    let mut none = Rows::new(core::iter::empty::<Result<[String; 1], String>>());
    assert_eq!(
        header(&mut none).unwrap_err().to_string(),
        "the file is empty; its first row must name the columns"
    );
}

#[test]
fn cells_behind_the_last_are_empty() {
    let mut texts = Rows::new([Ok::<_, String>(["a", "b"])].into_iter());
    let row = texts.next().unwrap().unwrap();
    assert_eq!(
        (row.len(), row.cell(1), row.cell(2), row.cell(usize::MAX)),
        (2, &b"b"[..], &b""[..], &b""[..])
    );
}
